package io.agentrouter.gateway.tenant;

import java.util.Set;

/** The headers by which a client could claim to be somebody. They end at the gateway (docs/contract.md). */
public final class IdentityHeaders {

    private static final Set<String> NAMES = Set.of(
            "authorization",
            "proxy-authorization",
            "cookie",
            "x-agent-tenant",
            "x-forwarded-user",
            "x-forwarded-email",
            "x-forwarded-groups",
            "x-forwarded-preferred-username",
            "x-remote-user",
            "remote-user");

    private IdentityHeaders() {}

    /** Whether a header of this name, in lower case, must not reach an agent. */
    public static boolean contains(String name) {
        return NAMES.contains(name) || name.startsWith("x-auth-request-") || name.startsWith("x-authenticated-");
    }
}
