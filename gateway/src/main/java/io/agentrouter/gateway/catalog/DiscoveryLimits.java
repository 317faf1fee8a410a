package io.agentrouter.gateway.catalog;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What asking for the state of the system may cost.
 *
 * @param checkTimeout how long Redis and each agent are given to say that they are well
 * @param checkAge how long their answers are repeated before they are asked again
 * @param maxPods how many of a type's pods are asked at once; the type is well if one of them is
 * @param maxWaiting how many requests may wait for these answers; more are refused
 */
public record DiscoveryLimits(
        @DefaultValue("1s") @DurationMin(millis = 1) Duration checkTimeout,
        @DefaultValue("1s") @DurationMin(millis = 0) Duration checkAge,
        @DefaultValue("3") @Min(1) int maxPods,
        @DefaultValue("100") @Min(1) int maxWaiting) {}
