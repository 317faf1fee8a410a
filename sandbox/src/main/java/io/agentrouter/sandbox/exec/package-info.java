/** Runs commands one by one inside their walls, and holds each to its limits. */
package io.agentrouter.sandbox.exec;
