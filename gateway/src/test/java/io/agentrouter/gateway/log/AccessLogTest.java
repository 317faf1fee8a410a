package io.agentrouter.gateway.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.StandardEnvironment;
import tools.jackson.databind.json.JsonMapper;

@ExtendWith(OutputCaptureExtension.class)
class AccessLogTest {

    private final AccessLog log = new AccessLog(JsonMapper.shared(), new StandardEnvironment());

    @Test
    void linesOfTheLastMoment_areWrittenBeforeTheEnd(CapturedOutput output) throws InterruptedException {
        log.write(line("first"), false);
        log.write(line("second"), false);
        log.destroy();

        assertThat(output).contains("\"request\":\"first\"").contains("\"request\":\"second\"");
    }

    @Test
    void moreLinesThanAreWritten_holdUpNobodyAndAreSaidToBeLost(CapturedOutput output) throws InterruptedException {
        for (int i = 0; i < 50_000; i++) {
            log.write(line("many"), false);
        }
        await().untilAsserted(() -> assertThat(output).containsPattern("[0-9]+ lines of the access log are lost"));
        log.destroy();
    }

    @Test
    void whatIsNotAscii_isEscaped_whateverTheLocale(CapturedOutput output) throws InterruptedException {
        log.write(line("ü"), false);
        log.destroy();

        assertThat(output).contains("\"request\":\"\\u00FC\"");
    }

    private static AccessLine line(String request) {
        return new AccessLine(Instant.now(), request, null, null, null, "GET", "/", 200, "answered", null, null, 0L);
    }
}
