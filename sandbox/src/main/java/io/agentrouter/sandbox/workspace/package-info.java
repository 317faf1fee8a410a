/** The directory that agent and sandbox share. */
package io.agentrouter.sandbox.workspace;
