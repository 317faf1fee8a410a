/** Event streams, as the faces and the slots send them. */
package io.agentrouter.runtime.sse;
