package io.agentrouter.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentrouter.e2e.cluster.client.Outcome;
import io.agentrouter.e2e.cluster.client.Plan;
import io.agentrouter.e2e.system.Repository;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Each type grows by its own load and shrinks after it, and the other stays as it is. */
@Tag("cluster")
@ExtendWith(SharedCluster.class)
@Timeout(value = 12, unit = TimeUnit.MINUTES)
class ScalingTest {

    private static final Path PLOT = Repository.ROOT.resolve("e2e/target/scaling.svg");

    /** For which the load goes on, so that the plot shows what more pods do to it. */
    private static final Duration WITH_MORE_PODS = Duration.ofSeconds(8);

    /** Two fifths of a CPU for ten seconds, as a project's tests may use them. */
    private static final String BUSY = """
            Run it:
            call exec {"command":"python3 -c 'import time; end = time.time() + 10\\nwhile time.time() < end:\\n  now = time.time()\\n  while time.time() < now + 0.004: pass\\n  time.sleep(0.006)'"}""";

    private static final Plan CODING =
            Plan.once("coding", true, BUSY).named("coding").by(2).times(0);
    private static final Plan QA =
            Plan.counting(4, "qa", true, 5, 0).named("qa").pausing(50);

    private final ClusterUnderTest cluster;

    ScalingTest(ClusterUnderTest cluster) {
        this.cluster = cluster;
    }

    @Test
    void loadOnOneType_scalesThatTypeAndNoOther() {
        Workload coding = cluster.workload("coding-agent");
        Workload qa = cluster.workload("qa-agent");
        coding.awaitSettled();
        qa.awaitSettled();
        try (Timeline timeline = new Timeline(List.of(coding, qa))) {
            scales(coding, CODING, qa, timeline);
            scales(qa, QA, coding, timeline);
            timeline.plot(PLOT);
        }
    }

    private void scales(Workload loaded, Plan plan, Workload other, Timeline timeline) {
        Instant begin = Instant.now();
        try (Load load = cluster.load(plan)) {
            Waiting.until(() -> loaded.readyPods().size() >= 3);
            Figures.print("%s: 3 pods ready %d s after its load began".formatted(loaded.name(), seconds(begin)));
            Waiting.sleep(WITH_MORE_PODS);
            List<Outcome> outcomes = load.stop();
            timeline.add(plan.name(), outcomes);
            Figures.print(outcomes);
            assertThat(outcomes).isNotEmpty().allMatch(ScalingTest::done);
        }
        int most = loaded.replicas();
        Instant end = Instant.now();
        Waiting.until(loaded::waitsToShrink);
        Waiting.until(() -> loaded.replicas() == 2);
        Figures.print("%s: from %d to 2 pods %d s after its load ended".formatted(loaded.name(), most, seconds(end)));
        loaded.awaitSettled();

        assertThat(timeline.mostPods(other, begin))
                .as("pods of " + other.name())
                .isEqualTo(2);
    }

    private static boolean done(Outcome one) {
        return one.complete()
                && (!one.plan().equals(CODING.name()) || one.text().contains("exit code 0"));
    }

    private static long seconds(Instant since) {
        return Duration.between(since, Instant.now()).toSeconds();
    }
}
