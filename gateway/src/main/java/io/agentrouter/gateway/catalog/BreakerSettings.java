package io.agentrouter.gateway.catalog;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When no more runs are given to any pod of a type, since its agents fail.
 *
 * @param failurePercent of the last runs, how many have to fail, as {@link EjectionSettings} counts failures
 * @param window how many last runs are looked at
 * @param minimumRuns how many there have to be at least
 * @param open how long runs are refused then
 * @param trialRuns how many are let through after that, whose outcome decides
 * @param trial how long they may take to fail: they went well if they have not by then, since a run may take minutes
 */
public record BreakerSettings(
        @DefaultValue("50") @Min(1) @Max(100) int failurePercent,
        @DefaultValue("50") @Min(1) int window,
        @DefaultValue("20") @Min(1) int minimumRuns,
        @DefaultValue("5s") @DurationMin(millis = 1) Duration open,
        @DefaultValue("5") @Min(1) int trialRuns,
        @DefaultValue("40s") @DurationMin(millis = 1) Duration trial) {}
