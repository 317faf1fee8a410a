package io.agentrouter.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentrouter.e2e.cluster.client.Outcome;
import io.agentrouter.e2e.cluster.client.Plan;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Whatever replaces pods, no request that clients with kept connections send all the while fails, is cut, or has
 * anything in its answer missing or twice.
 */
@Tag("cluster")
@ExtendWith(SharedCluster.class)
@Timeout(value = 8, unit = TimeUnit.MINUTES)
class RolloutTest {

    private static final List<Plan> PLANS = List.of(
            Plan.counting(3, "qa", true, 600, 60),
            Plan.counting(2, "coding", true, 600, 60),
            Plan.counting(2, "qa", false, 10, 1),
            Plan.counting(1, "coding", false, 10, 1));

    private final ClusterUnderTest cluster;
    private final Workload qa;
    private final Workload coding;
    private final Workload gateway;

    RolloutTest(ClusterUnderTest cluster) {
        this.cluster = cluster;
        this.qa = cluster.workload("qa-agent");
        this.coding = cluster.workload("coding-agent");
        this.gateway = cluster.workload("gateway");
    }

    @Test
    void rolloutOfAnAgentAndOfTheGateway_losesNothing() {
        losesNothing(
                new Change("rolling update of qa-agent", qa, qa::restart),
                new Change("rolling update of gateway", gateway, gateway::restart));
    }

    @Test
    void deletedPodsAndScaleDown_loseNothing() {
        qa.keepAtLeast(3);
        Waiting.until(() -> qa.replicas() == 3);
        qa.awaitSettled();
        losesNothing(
                new Change("scale-down of qa-agent by its autoscaler", qa, () -> {
                    qa.keepAtLeast(2);
                    Waiting.until(() -> qa.replicas() == 2);
                }),
                new Change("delete of a pod of qa-agent", qa, () -> delete(qa)),
                new Change("delete of a pod of gateway", gateway, () -> delete(gateway)));
    }

    /** As when its nodes are drained. */
    @Test
    void evictionOfEveryPodOfAType_losesNothing() {
        losesNothing(new Change("eviction of every pod of coding-agent", coding, () -> {
            for (Pod pod : coding.readyPods()) {
                coding.evict(pod);
            }
        }));
    }

    /**
     * Something that replaces pods.
     *
     * @param begin returns when it has begun
     */
    private record Change(String name, Workload workload, Runnable begin) {}

    private static void delete(Workload workload) {
        workload.pod(workload.readyPods().getFirst()).delete();
    }

    /** One change after the other, each when nothing is left of the one before. */
    private void losesNothing(Change... changes) {
        try (Load load = cluster.load(PLANS.toArray(Plan[]::new))) {
            PLANS.stream().filter(Plan::stream).forEach(load::awaitAllSpeaking);
            for (Change change : changes) {
                make(change);
            }
            List<Outcome> outcomes = load.stop();
            Figures.print(outcomes);

            assertThat(outcomes).isNotEmpty().allMatch(Outcome::complete);
        }
    }

    private static void make(Change change) {
        Instant began = Instant.now();
        Set<String> before = change.workload.uids();
        change.begin.run();
        change.workload.awaitSettled();
        Set<String> after = change.workload.uids();
        before.removeAll(after);
        Figures.print("%s: %d pods gone, all settled after %d s"
                .formatted(
                        change.name,
                        before.size(),
                        Duration.between(began, Instant.now()).toSeconds()));

        assertThat(before).as(change.name).isNotEmpty();
    }
}
