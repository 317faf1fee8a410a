package io.agentrouter.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Requests for a type of which there is no pod, such as one that was scaled to zero. */
class WakeTest extends FleetFixture {

    private static final Duration MAX_WAIT = Duration.ofMillis(300);
    private static final Duration MAX_WAKE = Duration.ofSeconds(2);

    @Override
    String[] properties() {
        return with(
                "router.agents.qa.queue.max-wait=" + MAX_WAIT.toMillis() + "ms",
                "router.agents.qa.queue.max-wake=20s",
                "router.agents.qa.resources.slots=1",
                "router.agents.coding.queue.max-wait=" + MAX_WAIT.toMillis() + "ms",
                "router.agents.coding.queue.max-wake=" + MAX_WAKE.toMillis() + "ms");
    }

    @Test
    void podThatComes_servesWhoWaitedForLongerThanAnyoneWaitsForASlot() throws IOException {
        everyPodGoes();
        try (Wire client = client().post(CHAT, ASK)) {
            await().until(() -> waiting("qa") == 1);
            await().during(MAX_WAIT.multipliedBy(2)).until(() -> waiting("qa") == 1);
            pod("three").answerJson("{}");
            assertThat(client.readHead()).first().asString().contains(" 200 ");
        }
    }

    @Test
    void podThatComes_servesWhoWaitsForLessThanRunsTookBefore() throws IOException {
        Duration patience = Duration.ofSeconds(3);
        var script = new SlottedScript(1);
        script.last(patience);
        one.play(script);
        two.play(script);
        assertThat(ask()).isEqualTo("{}");
        everyPodGoes();

        try (Wire client = client().post(CHAT, ASK, "Prefer: wait=0")) {
            List<String> head = client.readHead();
            assertThat(head).contains("Retry-After: 5");
            assertThat(client.readBody(head))
                    .asString()
                    .contains("\"no_endpoint\"", "\"queue\":{\"length\":0,\"estimated_wait\":0.0}");
        }
        try (Wire client = client().post(CHAT, ASK, "Prefer: wait=" + patience.toSeconds())) {
            await().until(() -> waiting("qa") == 1);
            pod("three").answerJson("{}");
            assertThat(client.readHead()).first().asString().contains(" 200 ");
        }
    }

    @Test
    void fullPodThatComes_503_waitTimeout() throws IOException {
        var script = new SlottedScript(1);
        everyPodGoes();
        try (Wire first = client().post(CHAT, ASK)) {
            await().until(() -> waiting("qa") == 1);
            try (Wire second = client().post(CHAT, ASK, "Prefer: wait=3")) {
                await().until(() -> waiting("qa") == 2);
                pod("three").play(script);
                List<String> head = second.readHead();
                assertThat(head.getFirst()).contains(" 503 ");
                assertThat(second.readBody(head)).asString().contains("\"wait_timeout\"");
            }
            script.end(1);
            assertThat(first.readHead()).first().asString().contains(" 200 ");
        }
    }

    @Test
    void noPodWithinTheWakeLimit_503_noEndpoint() throws IOException {
        long asked = System.nanoTime();
        try (Wire client = client().post("/agents/coding" + CHAT, ASK)) {
            List<String> head = client.readHead();
            assertThat(Duration.ofNanos(System.nanoTime() - asked)).isBetween(MAX_WAKE, MAX_WAKE.multipliedBy(3));
            assertThat(head.getFirst()).contains(" 503 ");
            assertThat(client.readBody(head)).asString().contains("\"no_endpoint\"", "coding");
        }
    }

    private void everyPodGoes() {
        List.of("one", "two").forEach(pod -> cluster.remove("qa-agent", pod));
        awaitUsable(0);
    }
}
