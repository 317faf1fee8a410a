package io.agentrouter.gateway.catalog;

import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Everything under {@code router}; a key that is not here fails the start.
 *
 * @param agents the agent types by name
 * @param tenants those whose requests are told apart, by name
 * @param catalog where agent types are read from while the gateway runs
 * @param maxDepth how many agents a request may have come through; one that came through this many is refused
 * @param maxBuffered the largest body that is read before it is routed; a larger one streams through
 * @param maxBufferedSum the bound on all bodies held at once
 * @param clients what a client may cost
 * @param endpoints how a pod is found for a request
 * @param discovery what asking for the state of the system may cost
 */
@Validated
@ConfigurationProperties(prefix = "router", ignoreUnknownFields = false)
record RouterProperties(
        @NotEmpty
        Map<
                        @Pattern(regexp = RouterProperties.TYPE_NAME, message = RouterProperties.TYPE_NAME_RULE) String,
                        @Valid AgentProperties>
                agents,

        @DefaultValue
        Map<
                        @Pattern(regexp = "[a-z0-9-]{1,63}", message = "must be 1 to 63 of a-z, 0-9 and -") String,
                        @Valid TenantSettings>
                tenants,

        @Valid @DefaultValue CatalogSettings catalog,
        @DefaultValue("1") @Min(1) int maxDepth,
        @DefaultValue("256KB") DataSize maxBuffered,
        @DefaultValue("32MB") DataSize maxBufferedSum,
        @Valid @DefaultValue ClientLimits clients,
        @Valid @DefaultValue EndpointSettings endpoints,
        @Valid @DefaultValue DiscoveryLimits discovery) {

    /** In /health the agents' checks stand beside that of Redis. */
    static final String TYPE_NAME = "(?!redis$)[a-z0-9-]{1,63}";

    static final String TYPE_NAME_RULE = "must be 1 to 63 of a-z, 0-9 and -, and not redis";

    @AssertTrue(message = "tenants: each but anonymous needs a token-sha256 of its own")
    boolean isTenantToldByToken() {
        List<String> tokens = tenants.entrySet().stream()
                .filter(tenant -> !tenant.getKey().equals("anonymous"))
                .map(tenant -> String.valueOf(tenant.getValue().tokenSha256()))
                .toList();
        return !tokens.contains("null") && Set.copyOf(tokens).size() == tokens.size();
    }

    @AssertTrue(message = "max-buffered must be at least 1B, and max-buffered-sum not below max-buffered")
    boolean isMaxBufferedInBounds() {
        return maxBuffered.toBytes() > 0 && maxBuffered.compareTo(maxBufferedSum) <= 0;
    }
}
