/** What happens between SIGTERM and exit. */
package io.agentrouter.runtime.drain;
