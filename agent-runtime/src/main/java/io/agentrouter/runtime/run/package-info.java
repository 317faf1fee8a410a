/** The driver of runs: asks an agent for steps, performs them, and tells what happens as events. */
package io.agentrouter.runtime.run;
