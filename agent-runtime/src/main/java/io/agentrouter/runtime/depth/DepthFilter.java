package io.agentrouter.runtime.depth;

import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Keeps in mind for a run how many agents its request has come through. */
final class DepthFilter implements WebFilter {

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        String depth = exchange.getRequest().getHeaders().getFirst(Depth.HEADER);
        Mono<Void> rest = chain.filter(exchange);
        return depth == null ? rest : rest.contextWrite(context -> Depth.with(context, depth));
    }
}
