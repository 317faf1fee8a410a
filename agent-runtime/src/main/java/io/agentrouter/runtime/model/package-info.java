/** The model adapter, and the only place in the runtime that knows LangChain4j. */
package io.agentrouter.runtime.model;
