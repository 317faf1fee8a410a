package io.agentrouter.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agentrouter.gateway.testing.FakeCluster.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A pod that stands still: its node is out of memory, or somebody debugs it. */
@Tag("slow")
class PausedPodTest extends FleetFixture {

    private static final int SLOTS = 4;

    @Override
    String[] properties() {
        return new String[] {
            "router.agents.qa.reports-slots=true",
            "router.agents.qa.timeouts.connect=1s",
            "router.agents.qa.timeouts.first-byte=1s",
            "router.agents.qa.timeouts.idle=1s",
            "router.agents.qa.timeouts.total=1s",
            "router.endpoints.slow-start=0s",
            "router.endpoints.slots.silence=2s",
            "router.endpoints.ejection.failures=" + SLOTS,
            "router.endpoints.ejection.first=1s",
            "router.endpoints.ejection.at-most=2s",
            "spring.lifecycle.timeout-per-shutdown-phase=1s"
        };
    }

    @Test
    void harmsNoMoreRequestsThanItHasSlots_andIsUsedAgainWhenItGoesOn() throws Exception {
        one.play(new SlotsScript("{\"pod\":\"one\"}"));
        try (var still = new AgentProcess("{\"pod\":\"still\"}")) {
            cluster.remove("qa-agent", "two");
            awaitUsable(one);
            cluster.put("qa-agent", "three", still.uri(), State.READY);
            awaitUsable(2);
            await().untilAsserted(() -> assertThat(ask()).contains("still"));

            still.pause();
            List<String> answers = askOften(60);
            assertThat(answers.stream().filter(answer -> !answer.contains("one")))
                    .hasSizeLessThanOrEqualTo(SLOTS)
                    .allMatch(answer -> answer.contains("timeout_total"));

            still.resume();
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(ask()).contains("still"));
        }
    }

    /** So many requests, eight at a time. */
    private List<String> askOften(int requests) throws Exception {
        List<Future<String>> answers = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(8, Thread.ofVirtual().factory())) {
            for (int i = 0; i < requests; i++) {
                answers.add(threads.submit(this::ask));
            }
        }
        List<String> said = new ArrayList<>();
        for (Future<String> answer : answers) {
            said.add(answer.get());
        }
        return said;
    }
}
