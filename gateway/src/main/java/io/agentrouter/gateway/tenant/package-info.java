/** Who sends a request, and what a client may not say about that. */
package io.agentrouter.gateway.tenant;
