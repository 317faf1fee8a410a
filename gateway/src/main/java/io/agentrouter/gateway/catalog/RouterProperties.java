package io.agentrouter.gateway.catalog;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Pattern;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Everything under {@code router}.
 *
 * @param agents the agent types by name
 * @param maxBuffered the largest body that is read before it is routed; a larger one streams through
 * @param maxBufferedSum the bound on all bodies held at once
 */
@Validated
@ConfigurationProperties("router")
record RouterProperties(
        @NotEmpty
        Map<@Pattern(regexp = "[a-z0-9-]{1,63}", message = "must be of a-z, 0-9 and -") String, @Valid AgentProperties>
                agents,

        @DefaultValue("256KB") DataSize maxBuffered,
        @DefaultValue("32MB") DataSize maxBufferedSum) {}
