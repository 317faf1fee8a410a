package io.agentrouter.gateway.trace;

import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says at the start what is wrong with the settings of traces. */
final class TraceFailureAnalyzer extends AbstractFailureAnalyzer<ConfigurationException> {

    @Override
    protected FailureAnalysis analyze(Throwable failure, ConfigurationException cause) {
        return new FailureAnalysis(
                "Traces cannot be sent: " + cause.getMessage(),
                "Correct the property under otel., such as otel.exporter.otlp.endpoint, or its environment variable, such as"
                        + " OTEL_EXPORTER_OTLP_ENDPOINT.",
                cause);
    }
}
