package io.agentrouter.runtime.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class TrainingRunTest {

    @Test
    void agentInTraining_answersItselfAndEnds(CapturedOutput output) {
        try (Demo trained = Demo.start("spring.profiles.active=training")) {
            assertThat(output).contains("Training run: /health 503, answers 200 and, streamed, 200");
            assertThat(trained.runs()).isFalse();
        }
    }
}
