package io.agentrouter.runtime.drain;

import io.agentrouter.runtime.slots.Slots;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Ends kept-alive connections with an answer while draining; cut when idle, they would race with the client's next request. */
final class LameDuckFilter implements WebFilter {

    private final Slots slots;

    LameDuckFilter(Slots slots) {
        this.slots = slots;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        exchange.getResponse()
                .beforeCommit(() -> Mono.fromRunnable(() -> {
                    if (slots.state().draining()) {
                        exchange.getResponse().getHeaders().set(HttpHeaders.CONNECTION, "close");
                    }
                }));
        return chain.filter(exchange);
    }
}
