package io.agentrouter.gateway.route;

import io.agentrouter.gateway.admission.Ticket;
import io.agentrouter.gateway.endpoint.Lease;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;

/** A request's place among those that want the same slots. */
final class Place {

    private static final String ATTRIBUTE = Place.class.getName();

    private final ServerWebExchange exchange;
    private final AgentCall call;
    private final Ticket ticket;
    private final ErrorEvents errors;
    private volatile @Nullable EarlyStream stream;

    private Place(ServerWebExchange exchange, AgentCall call, Ticket ticket, ErrorEvents errors) {
        this.exchange = exchange;
        this.call = call;
        this.ticket = ticket;
        this.errors = errors;
    }

    static Place enter(ServerWebExchange exchange, AgentCall call, Ticket ticket, ErrorEvents errors) {
        var place = new Place(exchange, call, ticket, errors);
        exchange.getAttributes().put(ATTRIBUTE, place);
        return place;
    }

    /** What {@link Admit} made; needs that link to have run. */
    static Place of(ServerWebExchange exchange) {
        return exchange.getRequiredAttribute(ATTRIBUTE);
    }

    /** The same, if that link has run. */
    static Optional<Place> find(ServerWebExchange exchange) {
        return Optional.ofNullable(exchange.getAttribute(ATTRIBUTE));
    }

    /** Its right to a slot. */
    Ticket ticket() {
        return ticket;
    }

    /** A slot when it is this request's turn. */
    Mono<Lease> await() {
        return call.streamed() ? early().during(ticket.await()) : ticket.await();
    }

    private EarlyStream early() {
        EarlyStream early = stream;
        if (early == null) {
            early = new EarlyStream(exchange, call, errors);
            stream = early;
        }
        return early;
    }

    /** The answer that the client has got while this request waited. If there is none, none begins any more. */
    Optional<EarlyStream> stream() {
        return Optional.ofNullable(stream).filter(EarlyStream::isOpened);
    }

    /** Gives up the slot, and a stream that nobody takes any more. */
    void close(SignalType how) {
        ticket.close();
        if (how == SignalType.CANCEL) {
            stream().ifPresent(EarlyStream::cancel);
        }
    }
}
