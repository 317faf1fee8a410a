package io.agentrouter.gateway.catalog;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

/**
 * The resource profile of a type: the limits of one of its pods.
 *
 * @param memory as a Kubernetes quantity, such as {@code 512Mi}
 * @param cpu as a Kubernetes quantity, such as {@code 1} or {@code 500m}
 * @param slots how many runs one pod carries at once
 */
public record Resources(
        @NotNull @Pattern(regexp = "[1-9][0-9]*(Ki|Mi|Gi)", message = "must be a quantity such as 512Mi or 4Gi")
        String memory,

        @NotNull @Pattern(regexp = "[1-9][0-9]*m?|[0-9]+\\.[0-9]+", message = "must be a quantity such as 2 or 500m")
        String cpu,

        @Min(1) int slots) {}
