package io.agentrouter.runtime.face;

import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Keeps the request's {@code traceparent} (W3C Trace Context), or begins a trace, and returns it with every answer. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class TraceFilter implements WebFilter {

    static final String HEADER = "traceparent";

    private static final Pattern VALID = Pattern.compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        String sent = exchange.getRequest().getHeaders().getFirst(HEADER);
        String parent = sent != null && VALID.matcher(sent).matches() ? sent : root();
        exchange.getResponse().getHeaders().set(HEADER, parent);
        return chain.filter(exchange);
    }

    private static String root() {
        return "00-%s-%s-01".formatted(hex(), hex().substring(0, 16));
    }

    private static String hex() {
        return UUID.randomUUID().toString().replace("-", "");
    }
}
