/** How many agents a request has come through. */
package io.agentrouter.runtime.depth;
