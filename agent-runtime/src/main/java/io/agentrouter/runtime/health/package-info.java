/** Whether this agent should get runs. */
package io.agentrouter.runtime.health;
