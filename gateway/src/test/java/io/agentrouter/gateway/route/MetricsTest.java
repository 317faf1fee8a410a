package io.agentrouter.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;

/** What Prometheus reads on the management port. */
@ExtendWith(OutputCaptureExtension.class)
class MetricsTest extends RouteFixture {

    private static final String ANSWERS =
            "agentrouter_requests_seconds_count{outcome=\"answered\",status=\"200\",type=\"qa\"}";

    @Override
    String[] properties() {
        return with(
                "router.agents.qa.resources.slots=1",
                "router.agents.coding.uri=http://127.0.0.1:1",
                "router.endpoints.ejection.failures=1");
    }

    @Test
    void stream_isCountedAndTimed() throws Exception {
        agent.play(gateway -> {
            gateway.readBody(gateway.readHead());
            gateway.send(EVENTS).chunk(delta("a")).chunk(delta("b")).lastChunk();
        });
        askForStream();
        await().untilAsserted(() -> assertThat(gateway.metrics())
                .contains(
                        ANSWERS,
                        "agentrouter_ttft_seconds_count{type=\"qa\"} ",
                        "agentrouter_itl_seconds_count{type=\"qa\"} ",
                        "agentrouter_wait_seconds_count{type=\"qa\"} ",
                        "agentrouter_ttft_seconds_bucket{type=\"qa\",le=\"0.05\"}"));
    }

    @Test
    void streamThatBeginsWithItsRole_hasItsFirstTokenWhenItsContentComes() throws Exception {
        double tokens = value("agentrouter_ttft_seconds_count{type=\"qa\"}");
        double seconds = value("agentrouter_ttft_seconds_sum{type=\"qa\"}");
        agent.play(gateway -> {
            gateway.readBody(gateway.readHead());
            gateway.send(EVENTS).chunk(delta("")).endsWithin(300);
            gateway.chunk(delta("a")).lastChunk().close();
        });
        askForStream();
        await().untilAsserted(() -> assertThat(value("agentrouter_ttft_seconds_count{type=\"qa\"}") - tokens)
                .isOne());
        assertThat(value("agentrouter_ttft_seconds_sum{type=\"qa\"}") - seconds).isGreaterThanOrEqualTo(0.3);
    }

    @Test
    void commentsBetweenTwoTokens_areNoTokens() throws Exception {
        double gaps = value("agentrouter_itl_seconds_count{type=\"qa\"}");
        double seconds = value("agentrouter_itl_seconds_sum{type=\"qa\"}");
        var passed = new Semaphore(0);
        agent.play(gateway -> {
            gateway.readBody(gateway.readHead());
            gateway.send(EVENTS).chunk(": \n\n").chunk(delta("a")).chunk(": \n\n");
            passed.acquire();
            gateway.endsWithin(300);
            gateway.chunk(": \n\n").chunk(delta("b")).lastChunk().close();
        });
        try (Wire client = client().post(CHAT, ASK_STREAM)) {
            List<String> head = client.readHead();
            assertThat(client.readChunk()).asString().isEqualTo(": \n\n");
            assertThat(client.readChunk()).asString().isEqualTo(delta("a"));
            passed.release();
            client.readBody(head);
        }
        await().untilAsserted(() -> assertThat(value("agentrouter_itl_seconds_count{type=\"qa\"}") - gaps)
                .isOne());
        assertThat(value("agentrouter_itl_seconds_sum{type=\"qa\"}") - seconds).isGreaterThanOrEqualTo(0.3);
    }

    @Test
    void streamWithoutContent_hasNoFirstToken() throws Exception {
        double tokens = value("agentrouter_ttft_seconds_count{type=\"qa\"}");
        double answers = value(ANSWERS);
        agent.play(gateway -> {
            gateway.readBody(gateway.readHead());
            gateway.send(EVENTS).chunk(delta("")).chunk("data: [DONE]\n\n").lastChunk();
        });
        askForStream();
        await().untilAsserted(() -> assertThat(value(ANSWERS) - answers).isOne());
        assertThat(value("agentrouter_ttft_seconds_count{type=\"qa\"}") - tokens)
                .isZero();
    }

    @Test
    void slotsAndQueue_areSeenAsTheyAre() throws Exception {
        var end = new CountDownLatch(1);
        agent.play(gateway -> {
            gateway.readBody(gateway.readHead());
            end.await();
            ScriptedAgent.sendJson(gateway, "{}");
        });
        try (Wire runs = client().post(CHAT, ASK);
                Wire waits = client().post(CHAT, ASK)) {
            await().untilAsserted(() -> assertThat(gateway.metrics())
                    .contains(
                            "agentrouter_outstanding{type=\"qa\"} 1.0",
                            "agentrouter_slots{type=\"qa\"} 1.0",
                            "agentrouter_slots_free{type=\"qa\"} 0.0",
                            "agentrouter_endpoints{type=\"qa\"} 1.0",
                            "agentrouter_queued{type=\"qa\"} 1.0",
                            "agentrouter_queued_bytes{type=\"qa\"} " + ASK.length() + ".0",
                            "agentrouter_bodies_held_bytes " + 2 * ASK.length() + ".0"));
            end.countDown();
            for (Wire client : List.of(runs, waits)) {
                client.readBody(client.readHead());
            }
        }
        await().untilAsserted(() -> assertThat(gateway.metrics())
                .contains("agentrouter_queued{type=\"qa\"} 0.0", "agentrouter_outstanding{type=\"qa\"} 0.0"));
    }

    @Test
    void refusalsAndEjections_areCountedByCode() throws IOException {
        try (Wire client = client().post("/agents/coding" + CHAT, ASK)) {
            client.readBody(client.readHead());
        }
        await().untilAsserted(() -> assertThat(gateway.metrics())
                .contains(
                        "agentrouter_requests_seconds_count{outcome=\"agent_unreachable\",status=\"503\",type=\"coding\"} 1",
                        "agentrouter_retries_total{reason=\"unconnected\",type=\"coding\"} 2.0",
                        "agentrouter_ejections_total{type=\"coding\"} 1.0",
                        "agentrouter_endpoints_ejected{type=\"coding\"} 1.0",
                        "resilience4j_circuitbreaker_state{name=\"coding\",state=\"closed\"} 1.0"));
    }

    @Test
    void wait_isCountedAndLogged(CapturedOutput output) throws Exception {
        double seconds = value("agentrouter_wait_seconds_sum{type=\"qa\"}");
        var end = new CountDownLatch(1);
        agent.play(gateway -> {
            gateway.readBody(gateway.readHead());
            end.await();
            ScriptedAgent.sendJson(gateway, "{}");
        });
        try (Wire runs = client().post(CHAT, ASK)) {
            await().untilAsserted(
                            () -> assertThat(gateway.metrics()).contains("agentrouter_outstanding{type=\"qa\"} 1.0"));
            try (Wire waits = client().post(CHAT, ASK, "X-Request-Id: waits")) {
                await().during(Duration.ofMillis(300)).until(() -> waiting("qa") == 1);
                end.countDown();
                runs.readBody(runs.readHead());
                waits.readBody(waits.readHead());
            }
        }
        JsonNode line = await().until(() -> LogTest.line(output, "waits"), Optional::isPresent)
                .orElseThrow();
        assertThat(line.path("wait_ms").asLong())
                .isBetween(300L, line.path("ms").asLong());
        await().untilAsserted(() -> assertThat(value("agentrouter_wait_seconds_sum{type=\"qa\"}") - seconds)
                .isGreaterThanOrEqualTo(0.3));
    }

    @Test
    void clients_reachNoMetrics() {
        assertThat(gateway.get("/metrics").statusCode()).isEqualTo(404);
        assertThat(gateway.get("/actuator/prometheus").statusCode()).isEqualTo(404);
    }

    private void askForStream() throws IOException {
        try (Wire client = client().post(CHAT, ASK_STREAM)) {
            client.readBody(client.readHead());
        }
    }

    private static String delta(String content) {
        return "data: {\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":\"" + content + "\"}}]}\n\n";
    }

    /** 0 while it is not there. */
    private double value(String series) {
        return gateway.metrics()
                .lines()
                .filter(line -> line.startsWith(series + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length())))
                .sum();
    }
}
