package io.agentrouter.gateway.tenant;

import java.util.Optional;
import org.springframework.web.server.ServerWebExchange;

/**
 * Whose request it is.
 *
 * @param name what agents are told in {@code X-Agent-Tenant}
 * @param weight its share of the slots that others want too, against theirs
 */
public record Tenant(String name, int weight) {

    private static final String ATTRIBUTE = Tenant.class.getName();

    /** The tenant that {@link Authenticate} found; needs that link to have run. */
    public static Tenant of(ServerWebExchange exchange) {
        return exchange.getRequiredAttribute(ATTRIBUTE);
    }

    /** The same, if that link has run. */
    public static Optional<Tenant> find(ServerWebExchange exchange) {
        return Optional.ofNullable(exchange.getAttribute(ATTRIBUTE));
    }

    void enter(ServerWebExchange exchange) {
        exchange.getAttributes().put(ATTRIBUTE, this);
    }
}
