package io.agentrouter.gateway.catalog;

import jakarta.validation.constraints.AssertTrue;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long the gateway waits for an agent of a type. A day is more than any run takes, and can be counted in nanoseconds and, by an int, in
 * milliseconds.
 *
 * @param connect until a connection to a pod stands
 * @param firstByte until a streamed answer begins
 * @param idle between two pieces of a streamed answer; an agent breaks its silence every 15 s
 * @param total until the answer has ended, streamed or not
 */
public record Timeouts(
        @DefaultValue("2s") @DurationMin(millis = 1) @DurationMax(days = 1)
        Duration connect,

        @DefaultValue("30s") @DurationMin(millis = 1) @DurationMax(days = 1)
        Duration firstByte,

        @DefaultValue("60s") @DurationMin(millis = 1) @DurationMax(days = 1)
        Duration idle,

        @DefaultValue("10m") @DurationMin(millis = 1) @DurationMax(days = 1)
        Duration total) {

    @AssertTrue(message = "total must not be below connect, first-byte or idle")
    boolean isTotalLongest() {
        return total.compareTo(connect) >= 0 && total.compareTo(firstByte) >= 0 && total.compareTo(idle) >= 0;
    }
}
