/** Load on this machine only, on proxies that this starts itself, and what it shows of them. */
package io.agentrouter.bench;
