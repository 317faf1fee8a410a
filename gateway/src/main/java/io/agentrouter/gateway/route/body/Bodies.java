package io.agentrouter.gateway.route.body;

import io.agentrouter.gateway.problem.ProblemException;
import io.agentrouter.gateway.route.body.BodyBudget.Reservation;
import io.agentrouter.gateway.server.Ending;
import java.time.Duration;
import java.util.function.Function;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.util.unit.DataSize;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;

/** Decides by length what is held and what passes. */
public final class Bodies {

    private final long maxHeld;
    private final BodyBudget budget;
    private final Duration patience;

    /**
     * @param maxHeld the largest body that is held
     * @param budget what all of them may take together
     * @param patience how long a client may take to send a body that is to be held
     */
    public Bodies(DataSize maxHeld, BodyBudget budget, Duration patience) {
        this.maxHeld = maxHeld.toBytes();
        this.budget = budget;
        this.patience = patience;
    }

    /** A client that did not send its body in time: nothing was begun with it. */
    public static ProblemException late(Duration time) {
        return ProblemException.refused(
                HttpStatus.REQUEST_TIMEOUT,
                "request_timeout",
                Duration.ofSeconds(1),
                "The request body did not arrive within " + time.toSeconds() + " s; send it again.");
    }

    /**
     * Takes a request's body in and hands it to {@code use}. Whatever is held is given back at the latest when that ends,
     * in any way.
     *
     * @return fails with {@code buffers_full}, {@code request_timeout}, or the way {@code use} does
     */
    public Mono<Void> with(ServerHttpRequest request, Function<RequestBody, Mono<Void>> use) {
        long length = request.getHeaders().getContentLength();
        HttpServerRequest client = ServerHttpRequestDecorator.getNativeRequest(request);
        if (length > maxHeld) {
            return use.apply(new PassingBody(length, BodyReader.pass(client), null));
        }
        return Mono.defer(() -> {
            Reservation reservation = budget.reserve(length < 0 ? maxHeld : length);
            Mono<RequestBody> body = BodyReader.read(client, reservation, maxHeld, length, patience);
            return Ending.of(body.flatMap(use), (how, error) -> reservation.release());
        });
    }
}
