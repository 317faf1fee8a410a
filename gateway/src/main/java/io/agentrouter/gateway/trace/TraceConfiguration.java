package io.agentrouter.gateway.trace;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Where spans go: to the collector that {@code OTEL_EXPORTER_OTLP_ENDPOINT} names, or nowhere. */
@Configuration(proxyBeanMethods = false)
class TraceConfiguration {

    private static final String PREFIX = "otel";
    private static final String COLLECTOR = "otel.exporter.otlp.endpoint";

    /** Set by {@code otel.*}, as OpenTelemetry defines these properties and their environment variables. */
    @Bean
    OpenTelemetry openTelemetry(Environment environment) {
        Map<String, String> settings = new HashMap<>();
        Binder.get(environment)
                .bind(PREFIX, Bindable.mapOf(String.class, String.class))
                .ifBound(map -> map.forEach((name, value) -> settings.put(PREFIX + "." + name, value)));
        if (settings.getOrDefault(COLLECTOR, "").isBlank()) {
            return OpenTelemetry.noop();
        }
        return AutoConfiguredOpenTelemetrySdk.builder()
                .disableShutdownHook() // the bean is closed with the application
                .addPropertiesSupplier(() -> settings)
                .build()
                .getOpenTelemetrySdk();
    }

    @Bean
    Tracing tracing(OpenTelemetry openTelemetry) {
        return new Tracing(openTelemetry);
    }
}
