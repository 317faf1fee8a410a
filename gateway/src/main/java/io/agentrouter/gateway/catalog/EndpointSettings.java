package io.agentrouter.gateway.catalog;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How a pod is found for a request.
 *
 * @param source where the addresses of a type's pods come from
 * @param attempts how many connections a request tries, to one pod after the other, while none can be made
 * @param slowStart how long a pod that has just come gets less than its share
 * @param slots how pods are listened to
 * @param ejection when a pod that fails is left out for a while
 * @param breaker when a type whose pods fail is
 */
public record EndpointSettings(
        @DefaultValue("static") Source source,
        @DefaultValue("3") @Min(1) int attempts,
        @DefaultValue("30s") @DurationMin(millis = 0) Duration slowStart,
        @Valid @DefaultValue SlotsSettings slots,
        @Valid @DefaultValue EjectionSettings ejection,
        @Valid @DefaultValue BreakerSettings breaker) {

    /** Where addresses come from. */
    public enum Source {
        /** A type's uri is its one endpoint. */
        STATIC,
        /** The EndpointSlices of the Service that a type's uri names. */
        KUBERNETES
    }
}
