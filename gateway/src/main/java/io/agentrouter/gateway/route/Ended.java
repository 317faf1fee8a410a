package io.agentrouter.gateway.route;

import io.agentrouter.gateway.log.AccessLine;
import io.agentrouter.gateway.problem.ProblemException;
import io.agentrouter.gateway.tenant.Tenant;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.SignalType;
import reactor.netty.http.server.HttpServerResponse;

/** What is known of a request once it has ended, however far it came. */
record Ended(ServerWebExchange exchange, SignalType end) {

    private static final int MAX_PATH = 200;

    AccessLine line() {
        RequestTrace trace = RequestTrace.of(exchange);
        Duration took = since(trace.arrival());
        Optional<Attempt> attempt = Attempt.find(exchange);
        return new AccessLine(
                Instant.now().minus(took),
                trace.requestId(),
                Tenant.find(exchange).map(Tenant::name).orElse(null),
                type().orElse(null),
                attempt.map(pod -> pod.endpoint().pod()).orElse(null),
                exchange.getRequest().getMethod().name(),
                path(),
                status(),
                outcome(),
                waited().map(Duration::toMillis).orElse(null),
                attempt.map(pod -> since(pod.firstBegun()).toMillis()).orElse(null),
                took.toMillis());
    }

    Duration took() {
        return since(RequestTrace.of(exchange).arrival());
    }

    Optional<String> type() {
        return AgentCall.find(exchange).map(call -> call.type().name());
    }

    /** How long it waited for a slot, if it came so far. */
    Optional<Duration> waited() {
        return Place.find(exchange).map(place -> place.ticket().waited());
    }

    /** What the client was told; null if nothing. */
    @Nullable
    Integer status() {
        HttpServerResponse response = response();
        return response.hasSentHeaders() && end != SignalType.ON_ERROR
                ? (Integer) response.status().code()
                : null;
    }

    /** {@code answered}, {@code client_left}, or the code of what the client was told. */
    String outcome() {
        return ProblemException.of(exchange)
                .map(problem -> problem.problem().error().code())
                .orElse(isAnswered() ? "answered" : "client_left");
    }

    /**
     * An agent's answer tells itself whether all of it came: the server ends its writing well when the client leaves. It may also have
     * come for a client that left before the first byte.
     */
    private boolean isAnswered() {
        return AgentCall.find(exchange).isPresent()
                ? response().hasSentHeaders()
                        && AgentAnswer.find(exchange)
                                .filter(AgentAnswer::isWhole)
                                .isPresent()
                : end == SignalType.ON_COMPLETE;
    }

    private HttpServerResponse response() {
        return ServerHttpResponseDecorator.getNativeResponse(exchange.getResponse());
    }

    private String path() {
        String path = exchange.getRequest().getURI().getRawPath();
        return path.length() > MAX_PATH ? path.substring(0, MAX_PATH) : path;
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }
}
