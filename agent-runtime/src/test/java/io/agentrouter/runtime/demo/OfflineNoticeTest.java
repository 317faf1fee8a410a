package io.agentrouter.runtime.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class OfflineNoticeTest {

    @Test
    void agentWithoutKey_saysSoInItsFirstLineOfLog(CapturedOutput log) {
        int before = log.getAll().length();
        try (Demo offline = Demo.start("model.api-key=", "spring.main.banner-mode=off")) {
            assertThat(offline.agent()).isNotNull();
            assertThat(log.getAll()
                            .substring(before)
                            .strip()
                            .lines()
                            .findFirst()
                            .orElseThrow())
                    .contains("Offline mode");
        }
    }
}
