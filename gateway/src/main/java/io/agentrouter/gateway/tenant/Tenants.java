package io.agentrouter.gateway.tenant;

import io.agentrouter.gateway.catalog.TenantSettings;
import io.agentrouter.gateway.catalog.TenantsSettings;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Tells tenants by their bearer tokens (RFC 6750). Whoever sends no token, or one of nobody's, is anonymous. */
public final class Tenants {

    private static final String ANONYMOUS = "anonymous";
    private static final String BEARER = "bearer ";

    private final Map<String, Tenant> byToken = new HashMap<>();
    private final Tenant anonymous;

    public Tenants(TenantsSettings settings) {
        settings.byName().forEach((name, tenant) -> {
            if (tenant.tokenSha256() != null) {
                byToken.put(tenant.tokenSha256(), new Tenant(name, tenant.weight()));
            }
        });
        TenantSettings unknown = settings.byName().get(ANONYMOUS);
        anonymous = new Tenant(ANONYMOUS, unknown == null ? 1 : unknown.weight());
    }

    /**
     * Whose request it is.
     *
     * @param authorization the values of its header {@code Authorization}
     */
    Tenant of(List<String> authorization) {
        if (byToken.isEmpty() || authorization.size() != 1) {
            return anonymous;
        }
        String value = authorization.getFirst();
        return value.toLowerCase(Locale.ROOT).startsWith(BEARER)
                ? byToken.getOrDefault(sha256(value.substring(BEARER.length()).strip()), anonymous)
                : anonymous;
    }

    private static String sha256(String token) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has it", e);
        }
    }
}
