package io.agentrouter.runtime.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentrouter.runtime.testing.RedisServers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class TrainingRunTest {

    @Test
    void agentInTraining_answersItselfAndEnds(CapturedOutput output) {
        try (Demo trained =
                Demo.start("spring.profiles.active=training", "spring.data.redis.port=" + RedisServers.freePort())) {
            assertThat(output).contains("Training run: /health 200, answers 200 and, streamed, 200");
            assertThat(trained.runs()).isFalse();
        }
    }
}
