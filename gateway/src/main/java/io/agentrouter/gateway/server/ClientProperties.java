package io.agentrouter.gateway.server;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How the gateway treats clients.
 *
 * @param bodyTimeout how long a client may take to send a body that is held
 * @param lingerTime after an answer that came before the whole body did: how long the rest of the body is read, and dropped
 * @param lingerSize and how much of it
 */
@Validated
@ConfigurationProperties("router.clients")
public record ClientProperties(
        @DefaultValue("30s") @DurationMin(millis = 1) Duration bodyTimeout,
        @DefaultValue("10s") @DurationMin(millis = 1) Duration lingerTime,
        @DefaultValue("32MB") @NotNull DataSize lingerSize) {}
