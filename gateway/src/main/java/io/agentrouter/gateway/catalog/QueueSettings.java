package io.agentrouter.gateway.catalog;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How requests wait for a slot of a type. Their waiting counts towards the type's total limit.
 *
 * @param maxEntries how many may wait; more are refused
 * @param maxHeld how many bytes the bodies of those that wait may take together
 * @param maxWait how long one waits at most while there are pods, all of them full
 * @param maxWake how long one waits at most while there is no pod at all
 * @param commentInterval how long a streamed request waits until it gets its head, and how often it gets a comment line then
 */
public record QueueSettings(
        @DefaultValue("256") @Min(0) int maxEntries,
        @DefaultValue("16MB") DataSize maxHeld,

        @DefaultValue("60s") @DurationMin(millis = 0) @DurationMax(days = 1)
        Duration maxWait,

        @DefaultValue("60s") @DurationMin(millis = 0) @DurationMax(days = 1)
        Duration maxWake,

        @DefaultValue("10s") @DurationMin(millis = 1) @DurationMax(days = 1)
        Duration commentInterval) {

    @AssertTrue(message = "max-held must not be negative")
    boolean isMaxHeldNotNegative() {
        return !maxHeld.isNegative();
    }
}
