package io.agentrouter.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentrouter.e2e.cluster.client.Outcome;
import io.agentrouter.e2e.cluster.client.Plan;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * While Redis is restarted, or away, only conversations wait for it, and are told so in time; no pod is restarted or
 * unready for it, and all is well again by itself.
 */
@Tag("cluster")
@ExtendWith(SharedCluster.class)
class RedisTest {

    private static final List<Plan> PLAIN = List.of(
            Plan.counting(2, "qa", false, 5, 0).pausing(300),
            Plan.counting(1, "coding", false, 5, 0).pausing(300),
            Plan.counting(1, "qa", true, 50, 5));
    private static final List<Plan> TALKS = List.of(talk("qa"), talk("coding"));
    private static final String UNAVAILABLE = "status 503 conversation_unavailable";

    private final ClusterUnderTest cluster;
    private final Workload redis;
    private final List<Workload> others;

    RedisTest(ClusterUnderTest cluster) {
        this.cluster = cluster;
        this.redis = cluster.workload("redis");
        this.others = Stream.of("gateway", "qa-agent", "coding-agent")
                .map(cluster::workload)
                .toList();
    }

    private static Plan talk(String type) {
        return Plan.counting(1, type, false, 5, 0)
                .in("talk-" + type)
                .named(type + " in a conversation")
                .pausing(300);
    }

    @Test
    void restart_losesNoRequest() {
        Pod before = redis.readyPods().getFirst();
        List<Outcome> outcomes = during("restart of Redis", () -> {
            redis.pod(before).delete();
            Waiting.until(() -> redis.pod(before).get() == null
                    || !redis.pod(before)
                            .get()
                            .getMetadata()
                            .getUid()
                            .equals(before.getMetadata().getUid()));
        });

        assertThat(outcomes).allMatch(Outcome::complete);
    }

    @Test
    void absenceOfHalfAMinute_isToldToConversationsAndForgotten() {
        assertThat(sayInConversation("The word is plum.")).isNotEmpty();

        List<Outcome> outcomes = during("Redis away for 30 s", () -> {
            scaleRedis(0);
            Waiting.until(() -> redis.pods().isEmpty());
            Waiting.sleep(Duration.ofSeconds(30));
            scaleRedis(1);
        });

        assertThat(outcomes)
                .filteredOn(RedisTest::talks)
                .allMatch(one -> one.complete() || toldInTime(one))
                .anyMatch(one -> !one.complete());
        assertThat(sayInConversation("And now:\nquote my first message")).contains("The word is plum.");
    }

    /** Everybody asks before, while and for a while after it is so. */
    private List<Outcome> during(String name, Runnable trouble) {
        int restarts = others.stream().mapToInt(Workload::restarts).sum();
        try (Timeline timeline = new Timeline(others);
                Load load = cluster.load(
                        Stream.concat(PLAIN.stream(), TALKS.stream()).toArray(Plan[]::new))) {
            Waiting.sleep(Duration.ofSeconds(5));
            trouble.run();
            Waiting.until(() -> !redis.readyPods().isEmpty());
            Instant back = Instant.now();
            TALKS.forEach(talk -> Waiting.until(() -> load.ended().stream()
                    .anyMatch(one ->
                            one.plan().equals(talk.name()) && one.complete() && one.began() > back.toEpochMilli())));
            Figures.print("%s: conversations go on within %d ms of its being ready"
                    .formatted(name, Duration.between(back, Instant.now()).toMillis()));
            Waiting.sleep(Duration.ofSeconds(10));
            List<Outcome> outcomes = load.stop();
            Figures.print(outcomes);
            List<Integer> fewest = others.stream().map(timeline::fewestReady).toList();
            Figures.print("fewest ready pods of gateway, qa-agent, coding-agent: " + fewest);

            assertThat(outcomes).filteredOn(one -> !talks(one)).allMatch(Outcome::complete);
            assertThat(outcomes)
                    .filteredOn(one -> talks(one) && one.began() > back.toEpochMilli() + 5000)
                    .isNotEmpty()
                    .allMatch(Outcome::complete);
            assertThat(fewest).allMatch(pods -> pods >= 2);
            assertThat(others.stream().mapToInt(Workload::restarts).sum()).isEqualTo(restarts);
            return outcomes;
        }
    }

    private String sayInConversation(String text) {
        return cluster.ask(Plan.once("qa", false, text).in("plum")).getFirst().text();
    }

    private static boolean talks(Outcome one) {
        return TALKS.stream().anyMatch(talk -> talk.name().equals(one.plan()));
    }

    /** After the wait of 15 s, and what a busy machine adds. */
    private static boolean toldInTime(Outcome one) {
        return one.problem().equals(UNAVAILABLE) && one.millis() > 14_000 && one.millis() < 20_000;
    }

    private void scaleRedis(int pods) {
        cluster.api()
                .apps()
                .statefulSets()
                .inNamespace(cluster.namespace())
                .withName("redis")
                .scale(pods);
    }
}
