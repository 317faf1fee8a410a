package io.agentrouter.runtime.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class TraceSettingsTest {

    @Test
    void collectorThatIsNoUrl_failsTheStartNamingTheProperty(CapturedOutput output) {
        assertThatThrownBy(
                () -> Demo.start("otel.exporter.otlp.endpoint=collector:4318").close());
        assertThat(output).contains("APPLICATION FAILED TO START", "otel.exporter.otlp.endpoint", "collector:4318");
    }
}
