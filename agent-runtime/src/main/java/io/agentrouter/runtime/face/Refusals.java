package io.agentrouter.runtime.face;

import io.agentrouter.runtime.agent.AgentException;

/** The client's mistakes. */
final class Refusals {

    private Refusals() {}

    static AgentException unsupported(String param, String message) {
        return new AgentException(400, "unsupported_field", param, message);
    }

    static AgentException invalid(String param, String message) {
        return new AgentException(400, "invalid_request", param, message);
    }
}
