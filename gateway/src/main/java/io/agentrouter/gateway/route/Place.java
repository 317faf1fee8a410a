package io.agentrouter.gateway.route;

import io.agentrouter.gateway.admission.Ticket;
import io.agentrouter.gateway.endpoint.Lease;
import java.util.Optional;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * A request's place among those that want the same slots.
 *
 * @param ticket its right to one
 * @param stream what its client gets while it waits, if it wants a stream
 */
record Place(Ticket ticket, EarlyStream stream) {

    private static final String ATTRIBUTE = Place.class.getName();

    /** What {@link Admit} made; needs that link to have run. */
    static Place of(ServerWebExchange exchange) {
        return exchange.getRequiredAttribute(ATTRIBUTE);
    }

    /** The same, if that link has run. */
    static Optional<Place> find(ServerWebExchange exchange) {
        return Optional.ofNullable(exchange.getAttribute(ATTRIBUTE));
    }

    void enter(ServerWebExchange exchange) {
        exchange.getAttributes().put(ATTRIBUTE, this);
    }

    /** A slot, now or when it is this request's turn. */
    Mono<Lease> slot() {
        return ticket.take().map(Mono::just).orElseGet(() -> stream.during(ticket.await()));
    }
}
