/** Spans of runs, by OpenTelemetry's own interface and conventions (docs/decisions/0012-traces.md). */
package io.agentrouter.runtime.trace;
