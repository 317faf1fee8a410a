package io.agentrouter.gateway.route;

import io.agentrouter.gateway.problem.ProblemException;
import io.agentrouter.gateway.problem.Quote;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * How many agents a request has come through: agents that call agents without end would fill every slot there is. Believed
 * from anyone, since it can only get its sender refused.
 */
final class Depth implements GatewayFilter {

    static final String HEADER = "X-Agent-Depth";

    private static final String ATTRIBUTE = Depth.class.getName();
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

    private final int max;

    Depth(int max) {
        this.max = max;
    }

    /** What this link found; needs it to have run. */
    static int of(ServerWebExchange exchange) {
        return exchange.<Integer>getRequiredAttribute(ATTRIBUTE);
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        int depth = read(exchange.getRequest().getHeaders().getOrEmpty(HEADER));
        if (depth >= max) {
            return Mono.error(ProblemException.badRequest(
                    "depth_exceeded",
                    "The request came through " + depth + " agents, and router.max-depth allows fewer than " + max
                            + "; an agent cannot call further agents from here."));
        }
        exchange.getAttributes().put(ATTRIBUTE, depth);
        return chain.filter(exchange);
    }

    private static int read(List<String> values) {
        if (values.isEmpty()) {
            return 0;
        }
        if (values.size() > 1 || !NUMBER.matcher(values.getFirst()).matches()) {
            throw ProblemException.badRequest(
                    "invalid_request",
                    HEADER + " must be one whole number, not " + Quote.of(String.join(", ", values)) + ".");
        }
        return Integer.parseInt(values.getFirst());
    }
}
