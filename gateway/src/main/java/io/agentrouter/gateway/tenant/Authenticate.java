package io.agentrouter.gateway.tenant;

import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Link 2: whose request it is. Everybody is anonymous until tenants are configured. */
public final class Authenticate implements GatewayFilter {

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        Tenant.ANONYMOUS.enter(exchange);
        return chain.filter(exchange);
    }
}
