package io.agentrouter.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentrouter.e2e.cluster.client.Outcome;
import io.agentrouter.e2e.cluster.client.Plan;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What goes wrong in one run takes no other with it. */
@Tag("cluster")
@ExtendWith(SharedCluster.class)
class CrashTest {

    private final ClusterUnderTest cluster;
    private final Workload coding;

    CrashTest(ClusterUnderTest cluster) {
        this.cluster = cluster;
        this.coding = cluster.workload("coding-agent");
    }

    @Test
    void commandsThatExhaustTheSandboxsMemory_endNeitherTheAgentNorRunsBesideThem() {
        int restarts = coding.restarts();
        // More than one pod has slots for, so that there is one in each.
        Plan beside = command("run beside", "sleep 30").by(5);
        Plan one = command("one process", "python3 -c 'x = b\"x\" * (8 << 30)'");
        Plan many = command(
                "many processes",
                "for i in 1 2 3 4 5 6 7 8; do python3 -c 'import time; x = b\"x\" * (500 << 20); time.sleep(15)' & done; wait");
        try (Load load = cluster.load(beside)) {
            Waiting.until(() -> coding.running() == 5);
            assertThat(coding.allCarryRuns()).isTrue();
            List<Outcome> outcomes = cluster.ask(one, many);
            Figures.print(outcomes);
            outcomes.forEach(
                    some -> Figures.print(some.plan() + " said: " + some.text().strip()));

            assertThat(outcomes)
                    .hasSize(2)
                    .allMatch(Outcome::complete)
                    .allMatch(some -> some.text().toLowerCase(Locale.ROOT).contains("memory"));
            assertThat(load.ended()).isEmpty();
            assertThat(load.awaitEnd())
                    .hasSize(5)
                    .allMatch(Outcome::complete)
                    .allMatch(some -> some.text().contains("exit code 0"));
            assertThat(coding.restarts()).isEqualTo(restarts);
        }
    }

    @Test
    void agentKilledForItsMemory_endsItsRunsWithAnErrorEvent_andIsUsedAgain() {
        Workload qa = cluster.workload("qa-agent");
        Plan runs = Plan.counting(6, "qa", true, 200, 20).times(1);
        Plan others = Plan.counting(2, "coding", true, 200, 20).times(1);
        Pod victim = qa.readyPods().getFirst();
        int restarts = qa.restarts();
        try (Load load = cluster.load(runs, others)) {
            load.awaitAllSpeaking(runs);
            load.awaitAllSpeaking(others);
            qa.exhaustMemory(victim);
            List<Outcome> outcomes = load.awaitEnd();
            Figures.print(outcomes);
            List<Outcome> ofTheType = outcomes.stream()
                    .filter(one -> one.plan().equals(runs.name()))
                    .toList();

            assertThat(outcomes)
                    .filteredOn(one -> !ofTheType.contains(one))
                    .hasSize(2)
                    .allMatch(Outcome::complete);
            assertThat(ofTheType).hasSize(6).anyMatch(Outcome::complete);
            assertThat(ofTheType)
                    .filteredOn(one -> !one.complete())
                    .isNotEmpty()
                    .allMatch(one -> one.problem().equals("error event stream_interrupted"));
        }
        Waiting.until(() -> qa.restarts() > restarts && qa.ready(victim));
        Figures.print("the killed agent: " + qa.lastEnd(victim) + ", ready again");
        assertThat(qa.lastEnd(victim)).startsWith("OOMKilled");
        Plan shorter = Plan.counting(6, "qa", true, 100, 10).times(1);
        try (Load load = cluster.load(shorter)) {
            Waiting.until(() -> qa.running(victim) > 0);

            assertThat(load.awaitEnd()).hasSize(6).allMatch(Outcome::complete);
        }
    }

    private static Plan command(String name, String command) {
        String json = command.replace("\"", "\\\"");
        return Plan.once("coding", true, "Run it:\ncall exec {\"command\":\"" + json + "\"}")
                .named(name);
    }
}
