package io.agentrouter.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What Prometheus reads on the management port. */
class MetricsTest extends RouteFixture {

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
            gateway.send(EVENTS).chunk("data: 1\n\n").chunk("data: 2\n\n").lastChunk();
        });
        try (Wire client = client().post(CHAT, ASK_STREAM)) {
            client.readBody(client.readHead());
        }
        await().untilAsserted(() -> assertThat(gateway.metrics())
                .contains(
                        "agentrouter_requests_seconds_count{outcome=\"answered\",status=\"200\",type=\"qa\"}",
                        "agentrouter_ttft_seconds_count{type=\"qa\"} ",
                        "agentrouter_itl_seconds_count{type=\"qa\"} ",
                        "agentrouter_wait_seconds_count{type=\"qa\"} ",
                        "agentrouter_ttft_seconds_bucket{type=\"qa\",le=\"0.05\"}"));
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
                        "agentrouter_unbegun_total{reason=\"unconnected\",type=\"coding\"} 3.0",
                        "agentrouter_ejections_total{type=\"coding\"} 1.0",
                        "agentrouter_endpoints_ejected{type=\"coding\"} 1.0",
                        "resilience4j_circuitbreaker_state{name=\"coding\",state=\"closed\"} 1.0"));
    }

    @Test
    void clients_reachNoMetrics() {
        assertThat(gateway.get("/metrics").statusCode()).isEqualTo(404);
        assertThat(gateway.get("/actuator/prometheus").statusCode()).isEqualTo(404);
    }
}
