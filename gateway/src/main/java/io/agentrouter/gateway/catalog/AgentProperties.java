package io.agentrouter.gateway.catalog;

import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/** One block under {@code router.agents}; its key is the type's name, its components are those of {@link AgentType}. */
record AgentProperties(
        @NotNull
        @Pattern(
                regexp = "https?://([A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+])(:[0-9]{1,5})?",
                message = "must be http://host:port without a path")
        String uri,

        @NotBlank String description,
        @Valid @NotNull Resources resources,
        @DefaultValue("true") boolean reportsSlots,
        @Valid @DefaultValue Timeouts timeouts,
        @Valid @DefaultValue QueueSettings queue,
        @DefaultValue("1MB") DataSize maxBody) {

    @AssertTrue(message = "max-body must be at least 1B")
    boolean isMaxBodyPositive() {
        return maxBody.toBytes() > 0;
    }

    AgentType named(String name) {
        return new AgentType(name, URI.create(uri), description, resources, reportsSlots, timeouts, queue, maxBody);
    }
}
