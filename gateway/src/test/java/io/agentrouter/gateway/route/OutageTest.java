package io.agentrouter.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What waits goes on waiting, and is served, while what the gateway leans on is away. Redis is away in all of it. */
class OutageTest extends FleetFixture {

    private static final Duration RECONNECTED = Duration.ofSeconds(40);

    private final SlottedScript first = new SlottedScript(1);
    private final SlottedScript second = new SlottedScript(1);
    private final SlottedScript third = new SlottedScript(1);

    @Override
    String[] properties() {
        return new String[] {
            "router.agents.qa.reports-slots=true",
            "router.agents.qa.resources.slots=1",
            "router.agents.qa.queue.max-wait=2m",
            "router.agents.qa.timeouts.total=110s",
            "router.endpoints.slow-start=0s",
            "router.agents.qa.timeouts.first-byte=60s",
            "spring.lifecycle.timeout-per-shutdown-phase=1s",
            "spring.data.redis.port=1"
        };
    }

    @Test
    void apiServerAway_thoseThatWaitGetTheSlotsOfKnownPods_andAfterwardsThoseOfNewOnes() throws IOException {
        one.play(first);
        two.play(second);
        await().untilAsserted(() -> assertThat(gateway.get("/agents").body()).contains("\"slots\":2,\"free\":2"));
        try (Wire runs = client().post(CHAT, ASK);
                Wire alsoRuns = client().post(CHAT, ASK)) {
            await().until(() -> begun() == 2);
            try (Wire waits = client().post(CHAT, ASK);
                    Wire alsoWaits = client().post(CHAT, ASK)) {
                awaitQueue(2);
                cluster.stop();

                first.end(1);
                await().until(() -> begun() == 3);
                awaitQueue(1);

                cluster.restart();
                pod("three").play(third);
                await().atMost(RECONNECTED).until(() -> third.begun().size() == 1);

                first.end(1);
                second.end(1);
                third.end(1);
                for (Wire client : new Wire[] {runs, alsoRuns, waits, alsoWaits}) {
                    assertThat(client.readHead().getFirst()).contains(" 200 ");
                }
            }
        }
        awaitUsable(3);
    }

    private int begun() {
        return first.begun().size() + second.begun().size() + third.begun().size();
    }

    private void awaitQueue(int length) {
        await().untilAsserted(
                        () -> assertThat(gateway.get("/agents").body()).contains("\"queue\":{\"length\":" + length));
    }
}
