/** Gateway and agents without the launcher, which ends all when one ends. */
package io.agentrouter.e2e.parts;
