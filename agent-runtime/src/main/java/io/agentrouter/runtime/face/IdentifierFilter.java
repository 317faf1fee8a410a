package io.agentrouter.runtime.face;

import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Keeps a request's {@code X-Request-Id} and {@code traceparent} (W3C Trace Context), or makes them, and returns them with every answer. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class IdentifierFilter implements WebFilter {

    private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9._-]{1,128}");
    private static final Pattern TRACE_PARENT =
            Pattern.compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        keep(exchange, "X-Request-Id", REQUEST_ID, () -> UUID.randomUUID().toString());
        keep(exchange, "traceparent", TRACE_PARENT, IdentifierFilter::newTrace);
        return chain.filter(exchange);
    }

    private static void keep(ServerWebExchange exchange, String header, Pattern usable, Supplier<String> made) {
        String sent = exchange.getRequest().getHeaders().getFirst(header);
        String kept = sent != null && usable.matcher(sent).matches() ? sent : made.get();
        exchange.getResponse().getHeaders().set(header, kept);
    }

    private static String newTrace() {
        return "00-%s-%s-01".formatted(hex(), hex().substring(0, 16));
    }

    private static String hex() {
        return UUID.randomUUID().toString().replace("-", "");
    }
}
