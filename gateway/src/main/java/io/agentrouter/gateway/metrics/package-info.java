/** What can be seen of the gateway's state at any time. */
package io.agentrouter.gateway.metrics;
