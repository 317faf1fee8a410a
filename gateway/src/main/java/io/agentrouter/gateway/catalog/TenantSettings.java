package io.agentrouter.gateway.catalog;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * One block under {@code router.tenants}; its key is the tenant's name.
 *
 * @param weight its share of the slots that others want too, against theirs
 * @param tokenSha256 the SHA-256 of the bearer token that its clients send, in hexadecimal digits; none for {@code anonymous}
 */
public record TenantSettings(
        @DefaultValue("1") @Min(1) @Max(1000) int weight,

        @Nullable @Pattern(regexp = "[0-9a-f]{64}", message = "must be 64 of 0-9 and a-f, as sha256sum prints")
        String tokenSha256) {}
