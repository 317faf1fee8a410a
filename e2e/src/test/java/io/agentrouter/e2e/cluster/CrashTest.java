package io.agentrouter.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentrouter.e2e.cluster.client.Outcome;
import io.agentrouter.e2e.cluster.client.Plan;
import java.util.List;
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
        Plan beside = Plan.counting(2, "coding", true, 300, 30).times(1).named("run beside");
        Plan one = command("one process", "python3 -c 'x = b\"x\" * (8 << 30)'");
        Plan many = command(
                "many processes",
                "for i in 1 2 3 4 5 6 7 8; do python3 -c 'import time; x = b\"x\" * (500 << 20); time.sleep(15)' & done; wait");
        try (Load load = cluster.load(beside, one, many)) {
            List<Outcome> outcomes = load.awaitEnd();
            Figures.print(outcomes);
            outcomes.stream()
                    .filter(some -> !some.text().isEmpty())
                    .forEach(some ->
                            Figures.print(some.plan() + " said: " + some.text().strip()));

            assertThat(outcomes).hasSize(4).allMatch(Outcome::complete);
            assertThat(coding.restarts()).isEqualTo(restarts);
        }
    }

    private static Plan command(String name, String command) {
        String json = command.replace("\"", "\\\"");
        return Plan.once("coding", true, "Run it:\ncall exec {\"command\":\"" + json + "\"}")
                .named(name);
    }
}
