package io.agentrouter.gateway.catalog;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When a pod that fails is left out for a while.
 *
 * @param failures how many in a row: no connection, a broken one, an answer of 5xx that is no refusal, a limit that was hit
 * @param first how long it is left out the first time; twice as long each time that it fails again at once, up to {@code atMost}
 * @param atMost the longest such time
 * @param maxPercent how many of a type's pods may be out at once, in percent, rounded down
 */
public record EjectionSettings(
        @DefaultValue("5") @Min(1) int failures,
        @DefaultValue("5s") @DurationMin(millis = 1) Duration first,
        @DefaultValue("1m") @DurationMin(millis = 1) Duration atMost,
        @DefaultValue("50") @Min(0) @Max(100) int maxPercent) {}
