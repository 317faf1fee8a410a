package io.agentrouter.gateway.route;

import io.agentrouter.gateway.catalog.EndpointSettings;
import io.agentrouter.gateway.endpoint.Endpoints;
import io.agentrouter.gateway.endpoint.Lease;
import io.agentrouter.gateway.problem.ProblemException;
import io.agentrouter.gateway.server.Ending;
import io.agentrouter.gateway.trace.Tracing;
import io.opentelemetry.api.trace.Span;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Link 6: which pod gets the run. What one did not begin goes to another; what began never does. */
final class Choose implements GatewayFilter {

    private final Endpoints endpoints;
    private final int maxUnconnected;
    private final RequestMeters meters;
    private final Tracing tracing;

    Choose(Endpoints endpoints, EndpointSettings settings, RequestMeters meters, Tracing tracing) {
        this.endpoints = endpoints;
        this.maxUnconnected = settings.attempts();
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
    private Mono<Void> attempt(ServerWebExchange exchange, GatewayFilterChain chain, Attempts attempts, Lease run) {
        if (!run.permit()) {
            run.close();
            return Mono.error(Place.of(exchange).ticket().breakerOpen());
        }
        attempts.failed().ifPresent(why -> meters.retried(AgentCall.of(exchange), why));
        Span span = begin(exchange, run);
        new Attempt(run.endpoint(), attempts.begin(), span).enter(exchange);
        return Ending.of(chain.filter(exchange), (how, error) -> {
            Throwable failure = error == null ? ProblemException.of(exchange).orElse(null) : error;
            Faults.settle(exchange, failure, run);
            run.close();
            if (failure instanceof NotBegun reason) {
                attempts.failed(run.endpoint(), reason);
            }
            Spans.end(span, failure);
        });
    }

    private Span begin(ServerWebExchange exchange, Lease run) {
        return tracing.call(
                RequestTrace.of(exchange).span(),
                AgentCall.of(exchange).type().name(),
                run.endpoint().uri());
    }
}
