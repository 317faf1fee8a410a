package io.agentrouter.runtime.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class HealthLogTest {

    private final HealthLog log = new HealthLog();

    @Test
    void checksThatGoDownAndComeBack_areNamedOnceForEachChange(CapturedOutput output) {
        log.note(health("ok", "ok"));
        assertThat(output).isEmpty();

        log.note(health("down", "down"));
        log.note(health("down", "down"));
        log.note(health("ok", "down"));
        log.note(health("ok", "ok"));

        assertThat(output.toString().lines())
                .satisfiesExactly(
                        line -> assertThat(line).endsWith("Not healthy, gets no runs: model, redis down"),
                        line -> assertThat(line).endsWith("Not healthy, gets no runs: redis down"),
                        line -> assertThat(line).endsWith("Healthy"));
    }

    private static Health health(String model, String redis) {
        return Health.of(Map.of("redis", redis, "model", model), Set.of());
    }
}
