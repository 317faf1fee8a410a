package io.agentrouter.gateway.route;

import io.agentrouter.gateway.catalog.EndpointSettings;
import io.agentrouter.gateway.endpoint.Endpoints;
import io.agentrouter.gateway.endpoint.Lease;
import io.agentrouter.gateway.problem.ProblemException;
import io.agentrouter.gateway.trace.Tracing;
import io.opentelemetry.api.trace.Span;
import java.time.Duration;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Link 6: which pod gets the run. What one did not begin goes to another; what began never does. */
final class Choose implements GatewayFilter {

    private final Endpoints endpoints;
    private final int maxUnconnected;
    private final Duration open;
    private final RequestMeters meters;
    private final Tracing tracing;

    Choose(Endpoints endpoints, EndpointSettings settings, RequestMeters meters, Tracing tracing) {
        this.endpoints = endpoints;
        this.maxUnconnected = settings.attempts();
        this.open = settings.breaker().open();
        this.meters = meters;
        this.tracing = tracing;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        var attempts = new Attempts(endpoints, maxUnconnected, AgentCall.of(exchange), Place.of(exchange));
        return untilOneBegins(exchange, chain, attempts);
    }

    private Mono<Void> untilOneBegins(ServerWebExchange exchange, GatewayFilterChain chain, Attempts attempts) {
        return attempts.next()
                .flatMap(lease -> attempt(exchange, chain, attempts, lease))
                .onErrorResume(NotBegun.class, why -> untilOneBegins(exchange, chain, attempts));
    }

    /** Whatever ends it, the slot is given back first. */
    private Mono<Void> attempt(ServerWebExchange exchange, GatewayFilterChain chain, Attempts attempts, Lease lease) {
        return Mono.using(
                () -> lease,
                run -> {
                    if (!run.permit()) {
                        return Mono.error(
                                Failures.breakerOpen(AgentCall.of(exchange).type(), open));
                    }
                    Span span = begin(exchange, run);
                    new Attempt(run.endpoint(), attempts.begun(), span).enter(exchange);
                    Runnable settle = () -> {
                        Faults.settle(exchange, run);
                        ProblemException.of(exchange).ifPresent(problem -> Spans.failed(span, problem));
                    };
                    return chain.filter(exchange)
                            .doOnSuccess(done -> settle.run())
                            .doOnCancel(settle)
                            .doOnError(error -> {
                                Faults.settle(error, run);
                                Spans.failed(span, error);
                            })
                            .doOnError(NotBegun.class, reason -> {
                                attempts.failed(run.endpoint(), reason);
                                meters.unbegun(AgentCall.of(exchange), reason);
                            })
                            .doFinally(end -> span.end());
                },
                Lease::close);
    }

    private Span begin(ServerWebExchange exchange, Lease run) {
        return tracing.call(
                RequestTrace.of(exchange).span(),
                AgentCall.of(exchange).type().name(),
                run.endpoint().uri());
    }
}
