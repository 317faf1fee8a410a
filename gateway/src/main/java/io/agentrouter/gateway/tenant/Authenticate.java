package io.agentrouter.gateway.tenant;

import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Link 2: whose request it is. */
public final class Authenticate implements GatewayFilter {

    private final Tenants tenants;

    public Authenticate(Tenants tenants) {
        this.tenants = tenants;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        enter(exchange);
        return chain.filter(exchange);
    }

    /** Has {@link Tenant#find} find whose request it is, for those that go to no agent. */
    public void enter(ServerWebExchange exchange) {
        tenants.of(exchange.getRequest().getHeaders().getOrEmpty(HttpHeaders.AUTHORIZATION))
                .enter(exchange);
    }
}
