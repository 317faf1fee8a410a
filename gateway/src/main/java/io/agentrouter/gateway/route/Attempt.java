package io.agentrouter.gateway.route;

import io.agentrouter.gateway.endpoint.Endpoint;
import io.opentelemetry.api.trace.Span;
import java.util.Optional;
import org.springframework.web.server.ServerWebExchange;

/**
 * One pod being asked.
 *
 * @param endpoint where it is
 * @param firstBegun when the first pod was asked the same, by {@link System#nanoTime}
 * @param span of it
 */
record Attempt(Endpoint endpoint, long firstBegun, Span span) {

    private static final String ATTRIBUTE = Attempt.class.getName();

    /** What {@link Choose} chose; needs that link to have run. */
    static Attempt of(ServerWebExchange exchange) {
        return exchange.getRequiredAttribute(ATTRIBUTE);
    }

    /** The same, if that link has run. */
    static Optional<Attempt> find(ServerWebExchange exchange) {
        return Optional.ofNullable(exchange.getAttribute(ATTRIBUTE));
    }

    void enter(ServerWebExchange exchange) {
        exchange.getAttributes().put(ATTRIBUTE, this);
    }
}
