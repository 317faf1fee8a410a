/** The runtime that every agent shares. */
package io.agentrouter.runtime;
