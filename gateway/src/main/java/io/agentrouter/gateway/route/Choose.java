package io.agentrouter.gateway.route;

import io.agentrouter.gateway.endpoint.Endpoints;
import io.agentrouter.gateway.endpoint.Lease;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Link 6: which pod gets the run. What one did not begin goes to another; what began never does. */
final class Choose implements GatewayFilter {

    private final Endpoints endpoints;
    private final int maxAttempts;

    Choose(Endpoints endpoints, int maxAttempts) {
        this.endpoints = endpoints;
        this.maxAttempts = maxAttempts;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        return attempt(exchange, chain, new Attempts(endpoints, maxAttempts, AgentCall.of(exchange)));
    }

    private Mono<Void> attempt(ServerWebExchange exchange, GatewayFilterChain chain, Attempts attempts) {
        // Whatever ends it, the run is given back first.
        return Mono.using(
                        attempts::next,
                        lease -> {
                            new Attempt(lease.endpoint(), attempts.begun()).enter(exchange);
                            return chain.filter(exchange)
                                    .doOnSuccess(done -> Faults.settle(exchange, lease))
                                    .doOnError(error -> Faults.settle(error, lease));
                        },
                        Lease::close)
                .onErrorResume(NotBegun.class, reason -> {
                    attempts.failed(reason);
                    return attempt(exchange, chain, attempts);
                });
    }
}
