package io.agentrouter.gateway.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agentrouter.gateway.FakeAgent;
import io.agentrouter.gateway.TestGateway;
import io.agentrouter.gateway.testing.FakeCluster;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Services that are labelled in the cluster, and the gateway that runs there. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LabelledServicesTest {

    private static final Map<String, String> SETTINGS = Map.of(
            "agent-router/description", "Reviews changes.",
            "agent-router/resources.memory", "1Gi",
            "agent-router/resources.cpu", "500m",
            "agent-router/resources.slots", "3",
            "agent-router/reports-slots", "false",
            "agent-router/timeouts.total", "7m",
            "elsewhere/colour", "red");

    private final FakeAgent agent = new FakeAgent();
    private final FakeCluster cluster = new FakeCluster();
    private final TestGateway gateway = TestGateway.start(
            cluster.properties("router.discovery.check-age=0s", "router.catalog.check-interval=20ms"));
    private final Catalog catalog = gateway.context().getBean(Catalog.class);

    @Test
    void labelledService_isAnAgentType_asItsAnnotationsSay_untilItIsGone() {
        cluster.put("review-agent", "review-1", URI.create(agent.uri()), FakeCluster.State.READY);
        cluster.label("review-agent", "review", SETTINGS);

        await().untilAsserted(() -> assertThat(answer("review")).isEqualTo(200));
        AgentType type = catalog.get("review");
        assertThat(type.description()).isEqualTo("Reviews changes.");
        assertThat(type.resources()).isEqualTo(new Resources("1Gi", "500m", 3));
        assertThat(type.timeouts().total()).isEqualTo(Duration.ofMinutes(7));

        cluster.unlabel("review-agent");
        await().untilAsserted(() -> assertThat(answer("review")).isEqualTo(404));
        assertThat(gateway.get("/readyz").statusCode()).isEqualTo(200);
    }

    @Test
    void typeOfTheConfiguration_wins() {
        cluster.label("other-qa", "qa", SETTINGS);
        cluster.label("marker", "marker", SETTINGS);

        await().untilAsserted(() -> assertThat(catalog.find("marker")).isPresent());
        assertThat(catalog.get("qa").uri()).hasToString("http://qa-agent");
    }

    @Test
    void wrongAnnotations_keepThatTypeAsItWas_andLeaveOthersAlone() {
        cluster.label("good", "good", SETTINGS);
        cluster.label("old", "old", SETTINGS);
        await().untilAsserted(() -> assertThat(catalog.find("old")).isPresent());

        cluster.label("old", "old", with("agent-router/timeouts.total", "soon"));
        cluster.label("new", "new", with("agent-router/tiemouts.total", "1m"));
        cluster.label("upper", "Upper", SETTINGS);
        cluster.label("second-old", "old", SETTINGS);

        await().untilAsserted(() -> assertThat(gateway.get("/agents").body())
                .contains(
                        "Service old: router.agents.old.timeouts.total: ",
                        "Service new: router.agents.new.tiemouts.total is not a known key",
                        "Service upper: agent-router/type must be 1 to 63 of a-z, 0-9 and -",
                        "Service second-old: another Service is labelled old"));
        assertThat(catalog.find("good")).isPresent();
        assertThat(catalog.get("old").timeouts().total()).isEqualTo(Duration.ofMinutes(7));
        assertThat(catalog.find("new")).isEmpty();
        assertThat(gateway.metrics()).contains("agentrouter_catalog_problems 4.0");
    }

    @Test
    void durationsBeyondADay_areProblems_andDoNotKeepLaterServicesOut() {
        cluster.label("endless", "endless", with("agent-router/timeouts.total", "999999d"));
        cluster.label("patient", "patient", with("agent-router/queue.max-wait", "25h"));
        cluster.label("marker-one", "marker-one", SETTINGS);

        await().untilAsserted(() -> assertThat(catalog.find("marker-one")).isPresent());
        assertThat(catalog.find("endless")).isEmpty();
        assertThat(catalog.find("patient")).isEmpty();
        assertThat(catalog.problems())
                .anyMatch(problem -> problem.startsWith("Service endless: router.agents.endless.timeouts.total: "))
                .anyMatch(problem -> problem.startsWith("Service patient: router.agents.patient.queue.maxWait: "));

        cluster.unlabel("endless");
        cluster.unlabel("patient");
        cluster.label("marker-two", "marker-two", SETTINGS);
        await().untilAsserted(() -> assertThat(catalog.find("marker-two")).isPresent());
        assertThat(catalog.problems()).noneMatch(problem -> problem.matches("Service (endless|patient): .*"));
    }

    private static Map<String, String> with(String key, String value) {
        var changed = new HashMap<>(SETTINGS);
        changed.put(key, value);
        return changed;
    }

    private int answer(String type) {
        return gateway.send(
                        "/agents/" + type + "/v1/chat/completions",
                        request ->
                                request.header("Prefer", "wait=0").POST(BodyPublishers.ofString("{\"messages\":[]}")))
                .statusCode();
    }

    @AfterAll
    void stop() {
        gateway.close();
        cluster.close();
        agent.close();
    }
}
