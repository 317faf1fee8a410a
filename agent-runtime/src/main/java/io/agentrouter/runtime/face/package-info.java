/** The OpenAI Chat Completions API over runs, and the one error body. */
package io.agentrouter.runtime.face;
