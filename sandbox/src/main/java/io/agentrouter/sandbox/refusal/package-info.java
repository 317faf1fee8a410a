/** What is refused, and with which code. */
package io.agentrouter.sandbox.refusal;
