package io.agentrouter.gateway.catalog;

import java.nio.file.Path;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where agent types are read from while the gateway runs.
 *
 * @param file YAML with keys under {@code router.agents}, which win over what is configured otherwise; it need not be there
 * @param checkInterval how often it is looked at
 */
public record CatalogSettings(
        @Nullable Path file,
        @DefaultValue("1s") @DurationMin(millis = 10) Duration checkInterval) {}
