/** Who gets the next free slot of an agent type, who waits for one, and who is refused. */
package io.agentrouter.gateway.admission;
