package io.agentrouter.gateway.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agentrouter.gateway.TestGateway;
import io.agentrouter.gateway.testing.FakeCluster;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class UnknownTest {

    @Test
    void startedWithoutApiServer_isAliveAndNotReady_untilItHearsWhereAgentsAre(CapturedOutput output) {
        try (var cluster = new FakeCluster()) {
            cluster.stop();
            try (var gateway = TestGateway.start(cluster.properties())) {
                assertThat(gateway.get("/livez").statusCode()).isEqualTo(200);
                assertThat(gateway.get("/readyz").statusCode()).isEqualTo(503);
                assertThat(gateway.get("/readyz").body()).contains("{\"endpoints\":\"down\"}");
                var answer = gateway.send(
                        "/agents/qa/v1/chat/completions",
                        request -> request.header("Prefer", "wait=0").POST(BodyPublishers.ofString("{}")));
                assertThat(answer.statusCode()).isEqualTo(503);
                assertThat(answer.body()).contains("\"no_endpoint\"", "not known yet");
                await().untilAsserted(() -> assertThat(output).contains("The endpoints of qa cannot be read"));

                cluster.restart();

                // Known is also that there are none.
                await().atMost(Duration.ofSeconds(40))
                        .untilAsserted(() ->
                                assertThat(gateway.get("/readyz").statusCode()).isEqualTo(200));
            }
        }
    }
}
