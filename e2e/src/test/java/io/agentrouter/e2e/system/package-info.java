/** What the tests through the front door have in common: the running system, and clients of it. */
package io.agentrouter.e2e.system;
