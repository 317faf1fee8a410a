package io.agentrouter.e2e.system;

/** The four ways of naming the agent type. */
public enum Way {
    PATH,
    QUERY,
    HEADER,
    MODEL
}
