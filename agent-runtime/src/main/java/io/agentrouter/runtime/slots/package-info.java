/** How many runs this pod carries, and who may know. */
package io.agentrouter.runtime.slots;
