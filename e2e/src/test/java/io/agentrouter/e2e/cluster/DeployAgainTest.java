package io.agentrouter.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentrouter.e2e.cluster.client.Outcome;
import io.agentrouter.e2e.cluster.client.Plan;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Deployed again, under load, it is as before. */
@Tag("cluster")
@ExtendWith(SharedCluster.class)
class DeployAgainTest {

    private final ClusterUnderTest cluster;

    DeployAgainTest(ClusterUnderTest cluster) {
        this.cluster = cluster;
    }

    @Test
    void deployAgainUnderLoad_keepsPodsReplicasAndPassword() {
        Workload qa = cluster.workload("qa-agent");
        qa.growTo(3);
        Map<String, Map<String, Integer>> pods = pods();
        Map<String, String> secrets = secrets();
        try (Load load = cluster.load(Plan.counting(2, "qa", true, 100, 10), Plan.counting(1, "coding", false, 5, 1))) {
            Instant began = Instant.now().truncatedTo(ChronoUnit.SECONDS);
            String said = cluster.deploy()
                    .attempt(List.of("OPENAI_API_KEY=another key"))
                    .orFail();
            Map<String, Map<String, Integer>> after = pods();
            // The autoscaler, of which 2 are enough again, may have taken one away already.
            boolean kept = qa.replicas() == 3 || qa.scaledByItsAutoscalerSince(began);
            List<Outcome> outcomes = load.stop();
            Figures.print("deployed again: "
                    + said.lines().filter(line -> line.contains(" keeps ")).toList());
            Figures.print(outcomes);

            assertThat(said).contains("qa-agent keeps 3 replicas");
            assertThat(kept).as("3 replicas, or fewer by the autoscaler").isTrue();
            pods.forEach((name, before) -> assertThat(before)
                    .as("restarts of pods of " + name)
                    .containsAllEntriesOf(after.getOrDefault(name, Map.of("none", 0))));
            assertThat(secrets()).isEqualTo(secrets);
            assertThat(outcomes).isNotEmpty().allMatch(Outcome::complete);
        } finally {
            qa.keepAtLeast(2);
        }
    }

    /** By name of their workload, then uid: how often their containers were started again. */
    private Map<String, Map<String, Integer>> pods() {
        return Stream.of("redis", "gateway", "qa-agent", "coding-agent")
                .collect(Collectors.toMap(
                        name -> name, name -> cluster.workload(name).restartsByUid()));
    }

    private Map<String, String> secrets() {
        return cluster.api().secrets().inNamespace(cluster.namespace()).list().getItems().stream()
                .collect(Collectors.toMap(
                        secret -> secret.getMetadata().getName(),
                        secret -> secret.getData().toString()));
    }
}
