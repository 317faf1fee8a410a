/** What the gateway reads of the cluster that it runs in, if it runs in one. */
package io.agentrouter.gateway.kubernetes;
