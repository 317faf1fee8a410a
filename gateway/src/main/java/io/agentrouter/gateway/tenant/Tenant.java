package io.agentrouter.gateway.tenant;

import org.springframework.web.server.ServerWebExchange;

/**
 * Whose request it is.
 *
 * @param name what agents are told in {@code X-Agent-Tenant}
 */
public record Tenant(String name) {

    static final Tenant ANONYMOUS = new Tenant("anonymous");

    private static final String ATTRIBUTE = Tenant.class.getName();

    /** The tenant that {@link Authenticate} found; needs that link to have run. */
    public static Tenant of(ServerWebExchange exchange) {
        return exchange.getRequiredAttribute(ATTRIBUTE);
    }

    void enter(ServerWebExchange exchange) {
        exchange.getAttributes().put(ATTRIBUTE, this);
    }
}
