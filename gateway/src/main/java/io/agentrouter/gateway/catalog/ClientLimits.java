package io.agentrouter.gateway.catalog;

import jakarta.validation.constraints.AssertTrue;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What a client may cost.
 *
 * @param bodyTimeout how long a client may take to send a body that is held
 * @param stallTimeout how long a client may take nothing of what is sent to it
 * @param lingerTime after an answer that came before the whole body did: how long the rest of the body is read, and dropped
 * @param lingerSize and how much of it
 * @param pipelinedSize how much a client may send after a request before that is answered; 32 pieces, two or more a request, are too much in any case
 * @param lameDuck how long a gateway that is to end serves on at least, so that clients with kept-alive connections notice
 */
public record ClientLimits(
        @DefaultValue("30s") @DurationMin(millis = 1) Duration bodyTimeout,
        @DefaultValue("2m") @DurationMin(millis = 1) Duration stallTimeout,
        @DefaultValue("10s") @DurationMin(millis = 1) Duration lingerTime,
        @DefaultValue("32MB") DataSize lingerSize,
        @DefaultValue("64KB") DataSize pipelinedSize,
        @DefaultValue("5s") @DurationMin(millis = 0) Duration lameDuck) {

    @AssertTrue(message = "linger-size and pipelined-size must not be negative")
    boolean isSizesNotNegative() {
        return !lingerSize.isNegative() && !pipelinedSize.isNegative();
    }
}
