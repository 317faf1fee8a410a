/** What stands in the log of each request. */
package io.agentrouter.gateway.log;
