/** Speaks to the sandbox, the process that runs commands apart from every secret. */
package io.agentrouter.coding.sandbox;
