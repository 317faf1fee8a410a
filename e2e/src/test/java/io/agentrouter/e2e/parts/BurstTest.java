package io.agentrouter.e2e.parts;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentrouter.e2e.system.Answer;
import io.agentrouter.e2e.system.Ask;
import io.agentrouter.e2e.system.Client;
import io.agentrouter.e2e.system.PartProcess;
import io.agentrouter.runtime.testing.RedisServers;
import io.agentrouter.runtime.testing.Script;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two gateways that know nothing of each other, and the slots of one agent. */
@Tag("slow")
class BurstTest {

    private static final int SLOTS = 16;
    private static final int REQUESTS = 10 * SLOTS;

    /** What the model takes for each run, at least. */
    private static final Duration RUN = Duration.ofMillis(300);

    private final Queue<Long> begun = new ConcurrentLinkedQueue<>();

    @Test
    void burstOfTenTimesTheSlots_isAnsweredWhole_andNeverTakesMoreThanTheSlots() throws Exception {
        try (Parts parts = Parts.start(Map.of());
                PartProcess other =
                        parts.anotherGateway(RedisServers.freePort()).awaitAlive()) {
            parts.model().otherwise(call -> {
                begun.add(System.nanoTime());
                return Script.text("It gets ").pause(RUN).andText("4Gi [1].");
            });

            List<Answer> answers = askAtOnce(parts.client(), other.client());

            assertThat(answers).hasSize(REQUESTS).allSatisfy(answer -> {
                assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
                assertThat(answer.text()).contains("It gets 4Gi [1].");
            });
            assertThat(begun).hasSize(REQUESTS);
            assertThat(mostAtOnce(begun)).isLessThanOrEqualTo(SLOTS);
        }
    }

    private static List<Answer> askAtOnce(Client... gateways) throws Exception {
        Ask ask = Ask.of("qa", "How much memory does the coding agent get?");
        List<Future<Answer>> asked = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < REQUESTS; i++) {
                Client gateway = gateways[i % gateways.length];
                asked.add(threads.submit(() -> gateway.ask(ask)));
            }
        }
        List<Answer> answers = new ArrayList<>();
        for (Future<Answer> one : asked) {
            answers.add(one.get());
        }
        return answers;
    }

    /** The most that began within the time that each of them took at least, so that none of them had ended. */
    private static int mostAtOnce(Collection<Long> times) {
        Deque<Long> running = new ArrayDeque<>();
        int most = 0;
        for (long time : times.stream().sorted().toList()) {
            while (!running.isEmpty() && time - running.getFirst() >= RUN.toNanos()) {
                running.removeFirst();
            }
            running.addLast(time);
            most = Math.max(most, running.size());
        }
        return most;
    }
}
