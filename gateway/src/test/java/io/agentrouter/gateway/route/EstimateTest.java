package io.agentrouter.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agentrouter.gateway.TestGateway;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What clients are told of their wait, after runs of which a test knows how long they took. */
class EstimateTest extends RouteFixture {

    private final List<Wire> clients = new ArrayList<>();

    @Override
    String[] properties() {
        return with(
                "router.agents.qa.resources.slots=1",
                "router.agents.coding.resources.slots=2",
                "router.agents.coding.uri=" + agent.uri());
    }

    /** The mean of a type's runs: not below the one, not above the other. */
    private record Mean(Duration atLeast, Duration atMost) {}

    @ParameterizedTest
    @CsvSource({"qa, 1, 800", "coding, 2, 2200"})
    void requestThatCannotMakeItsDeadline_isRefusedAtOnce_asRunsWereMeasured(String type, int slots, long millis)
            throws IOException {
        var script = new SlottedScript(slots);
        agent.play(script);
        Mean mean = measure(type, slots, script, Duration.ofMillis(millis));
        for (int length = 2; length <= 4; length++) {
            while (waiting(type) < length) {
                waits(type);
            }
            isRefused(type, length, (length + 1.0) / slots, mean);
        }
        script.end(100);
    }

    /** Leaves runs without end in every slot, which began when the measured ones had ended: so long did these take at most. */
    private Mean measure(String type, int slots, SlottedScript script, Duration lasting) throws IOException {
        script.last(lasting);
        long begun = System.nanoTime();
        for (int run = 0; run < slots; run++) {
            ask(type);
        }
        await().until(() -> script.begun().size() == slots);
        script.last(Duration.ofDays(1));
        for (int run = 0; run < slots; run++) {
            waits(type);
        }
        await().until(() -> script.begun().size() == 2 * slots);
        return new Mean(lasting, Duration.ofNanos(System.nanoTime() - begun));
    }

    private void isRefused(String type, int length, double runs, Mean mean) {
        long asked = System.nanoTime();
        HttpResponse<String> answer = gateway.send(
                "/agents/" + type + CHAT,
                request -> request.header("Prefer", "wait=2").POST(BodyPublishers.ofString(ASK)));
        assertThat(Duration.ofNanos(System.nanoTime() - asked))
                .as(answer.body())
                .isLessThan(Duration.ofSeconds(2));
        assertThat(answer.statusCode()).isEqualTo(503);

        JsonNode problem = TestGateway.json(answer);
        assertThat(problem.at("/error/code").asString()).isEqualTo("wait_too_long");
        assertThat(problem.at("/queue/length").asInt()).isEqualTo(length);
        double estimate = problem.at("/queue/estimated_wait").asDouble();
        assertThat(estimate).isBetween(runs * seconds(mean.atLeast()), runs * seconds(mean.atMost()));
        assertThat(answer.headers().firstValue("Retry-After")).contains(String.valueOf((long) Math.ceil(estimate)));
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    private void waits(String type) throws IOException {
        int before = waiting(type);
        ask(type);
        await().pollInterval(Duration.ofMillis(10)).until(() -> waiting(type) == before + 1);
    }

    private void ask(String type) throws IOException {
        clients.add(client().post("/agents/" + type + CHAT, ASK));
    }

    /** None of them may become a run of the next test's script. */
    @AfterEach
    void everyoneLeaves() throws IOException {
        for (Wire client : clients) {
            client.close();
        }
        clients.clear();
        await().until(() -> waiting("qa") + waiting("coding") == 0 && active() == 0);
    }
}
