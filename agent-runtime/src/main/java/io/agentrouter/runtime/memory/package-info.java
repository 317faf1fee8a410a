/** Conversations, remembered in Redis and nowhere else. */
package io.agentrouter.runtime.memory;
