package io.agentrouter.gateway.route;

import io.agentrouter.gateway.catalog.AgentType;
import io.agentrouter.gateway.route.body.RequestBody;
import java.util.Optional;
import org.springframework.web.server.ServerWebExchange;

/**
 * A request that knows where it goes.
 *
 * @param type whose agents may answer it
 * @param body what they are asked
 * @param streamed whether the answer was asked for piece by piece
 */
record AgentCall(AgentType type, RequestBody body, boolean streamed) {

    private static final String ATTRIBUTE = AgentCall.class.getName();

    /** What {@link Resolve} found; needs that link to have run. */
    static AgentCall of(ServerWebExchange exchange) {
        return exchange.getRequiredAttribute(ATTRIBUTE);
    }

    /** The same, if that link has run. */
    static Optional<AgentCall> find(ServerWebExchange exchange) {
        return Optional.ofNullable(exchange.getAttribute(ATTRIBUTE));
    }

    void enter(ServerWebExchange exchange) {
        exchange.getAttributes().put(ATTRIBUTE, this);
    }
}
