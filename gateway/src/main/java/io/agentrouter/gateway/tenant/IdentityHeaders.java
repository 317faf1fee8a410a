package io.agentrouter.gateway.tenant;

import java.util.Locale;
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

    /** Whether a header of this name, in any case, must not reach an agent. */
    public static boolean contains(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return NAMES.contains(lower) || lower.startsWith("x-auth-request-") || lower.startsWith("x-authenticated-");
    }
}
