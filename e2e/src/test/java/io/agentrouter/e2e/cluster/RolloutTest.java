package io.agentrouter.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentrouter.e2e.cluster.client.Outcome;
import io.agentrouter.e2e.cluster.client.Plan;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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
@Timeout(value = 12, unit = TimeUnit.MINUTES)
class RolloutTest {

    private static final List<Plan> STREAMS =
            List.of(Plan.counting(6, "qa", true, 600, 60), Plan.counting(2, "coding", true, 600, 60));

    private static final int COMMANDS_OF_A_RUN = 5;

    /** Several, since a sandbox that is to end lets a command of its own time end, and begins none. */
    private static final Plan COMMANDS = Plan.once(
                    "coding", true, "Run them:" + "\ncall exec {\"command\":\"sleep 6\"}".repeat(COMMANDS_OF_A_RUN))
            .named("coding commands of 6 s")
            .by(2)
            .times(0);

    private static final Plan[] PLANS = Stream.concat(
                    STREAMS.stream(),
                    Stream.of(COMMANDS, Plan.counting(2, "qa", false, 10, 1), Plan.counting(1, "coding", false, 10, 1)))
            .toArray(Plan[]::new);

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
    void rolloutsEvictionsDeletionsAndScaleDown_loseNothing() {
        long asked = cluster.outside().modelCalls();
        try (Load load = cluster.load(PLANS)) {
            qa.keepAtLeast(3);
            STREAMS.forEach(load::awaitAllSpeaking);
            atOnce(this::changeGateway, this::changeQa, this::changeCoding);
            List<Outcome> outcomes = load.stop();
            List<Outcome> commands = outcomes.stream()
                    .filter(one -> one.plan().equals(COMMANDS.name()))
                    .toList();
            Figures.print(outcomes);

            assertThat(outcomes).allMatch(Outcome::complete);
            assertThat(commands)
                    .isNotEmpty()
                    .allMatch(one ->
                            one.text().matches("(?s).*said: (exit code 0, \\S+ s\\s+){" + COMMANDS_OF_A_RUN + "}.*"));
            assertThat(cluster.outside().modelCalls() - asked)
                    .as("calls of the model, of which each run makes one, and one more for each command")
                    .isEqualTo(outcomes.size() + COMMANDS_OF_A_RUN * commands.size());
        }
    }

    /** Its rolling update begins while the pod that was deleted still drains. */
    private void changeGateway() {
        make("delete of a pod of gateway, then its rolling update", gateway, () -> {
            delete(gateway);
            Waiting.until(() -> gateway.readyPods().size() == gateway.replicas());
            gateway.restart();
        });
    }

    private void changeQa() {
        make("rolling update of qa-agent", qa, qa::restart);
        Waiting.until(qa::allCarryRuns);
        make("scale-down of qa-agent by its autoscaler", qa, () -> {
            qa.keepAtLeast(2);
            Waiting.until(() -> qa.replicas() == 2);
        });
    }

    private void changeCoding() {
        make("eviction of every pod of coding-agent", coding, () -> evictAll(coding));
        Waiting.until(coding::allCarryRuns);
        make("delete of a pod of coding-agent", coding, () -> delete(coding));
    }

    /** Replaces pods of a workload by what {@code begin} begins, until nothing is left of those that it ends. */
    private static void make(String change, Workload workload, Runnable begin) {
        Instant began = Instant.now();
        Set<String> before = workload.uids();
        begin.run();
        workload.awaitSettled();
        before.removeAll(workload.uids());
        Figures.print("%s: %d pods gone, all settled after %d s"
                .formatted(
                        change,
                        before.size(),
                        Duration.between(began, Instant.now()).toSeconds()));

        assertThat(before).as(change).isNotEmpty();
    }

    private static void delete(Workload workload) {
        workload.pod(workload.readyPods().getFirst()).delete();
    }

    /** As when their nodes are drained. */
    private static void evictAll(Workload workload) {
        workload.readyPods().forEach(workload::evict);
    }

    private static void atOnce(Runnable... changes) {
        List<CompletableFuture<Void>> running = Arrays.stream(changes)
                .map(change -> CompletableFuture.runAsync(
                        change, task -> Thread.ofVirtual().start(task)))
                .toList();
        running.forEach(CompletableFuture::join);
    }
}
