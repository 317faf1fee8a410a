package io.agentrouter.gateway.catalog;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the gateway listens to what pods say about their slots.
 *
 * @param connect how long a connection may take
 * @param silence how long a connection may say nothing, not even a comment, until it counts as broken
 * @param again the first pause before a broken connection is made anew; it doubles, with chance in it, up to {@code againAtMost}
 * @param againAtMost the longest such pause
 */
public record SlotsSettings(
        @DefaultValue("1s") @DurationMin(millis = 1) Duration connect,
        @DefaultValue("40s") @DurationMin(millis = 1) Duration silence,
        @DefaultValue("100ms") @DurationMin(millis = 1) Duration again,
        @DefaultValue("2s") @DurationMin(millis = 1) Duration againAtMost) {}
