package io.agentrouter.gateway.route.body;

import io.agentrouter.gateway.problem.ClientLeft;
import io.agentrouter.gateway.problem.ProblemException;
import io.agentrouter.gateway.route.body.BodyBudget.Reservation;
import io.agentrouter.gateway.server.EventLoopTimers;
import java.time.Duration;
import java.util.function.Function;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.util.unit.DataSize;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

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

    /**
     * Takes a request's body in and hands it to {@code use}. Whatever is held is given back at the latest when that ends,
     * in any way.
     *
     * @return fails with {@code buffers_full}, {@code request_timeout}, or the way {@code use} does
     */
    public Mono<Void> with(ServerHttpRequest request, Function<RequestBody, Mono<Void>> use) {
        long length = request.getHeaders().getContentLength();
        if (length > maxHeld) {
            return use.apply(new PassingBody(length, body(request), null));
        }
        return Mono.using(
                () -> budget.reserve(length < 0 ? maxHeld : length),
                reservation -> read(request, length, reservation).flatMap(use),
                Reservation::release);
    }

    private Mono<RequestBody> read(ServerHttpRequest request, long length, Reservation reservation) {
        return BodyReader.read(body(request), reservation, maxHeld, length < 0 ? 1024 : Math.toIntExact(length))
                .timeout(patience, Mono.error(this::tooSlow), EventLoopTimers.current());
    }

    private static Flux<DataBuffer> body(ServerHttpRequest request) {
        return request.getBody().onErrorMap(ClientLeft::new);
    }

    private ProblemException tooSlow() {
        return ProblemException.refused(
                HttpStatus.REQUEST_TIMEOUT,
                "request_timeout",
                Duration.ofSeconds(1),
                "The request body did not arrive within " + patience.toSeconds() + " s; send it again.");
    }
}
