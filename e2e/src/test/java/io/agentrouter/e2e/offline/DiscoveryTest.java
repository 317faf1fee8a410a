package io.agentrouter.e2e.offline;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentrouter.e2e.system.Answer;
import io.agentrouter.e2e.system.Client;
import io.agentrouter.e2e.system.OfflineSystem;
import io.agentrouter.e2e.system.SharedSystem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What the system says of itself. */
@ExtendWith(SharedSystem.class)
class DiscoveryTest {

    private final Client client;

    DiscoveryTest(OfflineSystem system) {
        client = system.client();
    }

    @Test
    void health_hasACheckForRedisAndOneForEachAgent() {
        JsonNode health = ok("/health");

        assertThat(health.path("status").asString()).isEqualTo("ok");
        assertThat(health.path("checks").properties())
                .extracting(check -> check.getKey() + " " + check.getValue().asString())
                .containsExactlyInAnyOrder("redis ok", "qa ok", "coding ok");
    }

    @ParameterizedTest
    @CsvSource({"qa,512Mi,1,16", "coding,4Gi,2,4"})
    void agents_listsEachTypeWithItsResourceProfileAndHealth(String type, String memory, int cpu, int slots) {
        JsonNode agent = ok("/agents")
                .path("agents")
                .valueStream()
                .filter(entry -> entry.path("type").asString().equals(type))
                .findFirst()
                .orElseThrow();

        assertThat(agent.path("description").asString()).isNotBlank();
        assertThat(agent.at("/resources/memory").asString()).isEqualTo(memory);
        assertThat(agent.at("/resources/cpu").asInt()).isEqualTo(cpu);
        assertThat(agent.at("/resources/slots").asInt()).isEqualTo(slots);
        assertThat(agent.at("/health/status").asString()).isEqualTo("ok");
        assertThat(agent.at("/health/checks/redis").asString()).isEqualTo("ok");
        assertThat(agent.at("/health/modes").valueStream().map(JsonNode::asString))
                .contains("offline");
    }

    @Test
    void models_areTheAgentTypesInOpenAisShape() {
        JsonNode models = ok("/v1/models");

        assertThat(models.path("object").asString()).isEqualTo("list");
        assertThat(models.path("data")
                        .valueStream()
                        .map(model -> model.path("id").asString()))
                .isEqualTo(List.of("coding", "qa"));
        assertThat(models.path("data"))
                .allSatisfy(
                        model -> assertThat(ok("/v1/models/" + model.path("id").asString()))
                                .isEqualTo(model));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/livez", "/readyz"})
    void probes_areOk(String path) {
        assertThat(ok(path).path("status").asString()).isEqualTo("ok");
    }

    @Test
    void openApi_isServedInVersion31() {
        assertThat(ok("/openapi.json").path("openapi").asString()).startsWith("3.1.");
    }

    private JsonNode ok(String path) {
        Answer answer = client.get(path);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith("application/json");
        return answer.json();
    }
}
