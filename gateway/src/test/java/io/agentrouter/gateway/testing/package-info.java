/** What other modules' tests use of the gateway's: no class of the gateway itself. */
package io.agentrouter.gateway.testing;
