package io.agentrouter.e2e.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agentrouter.e2e.system.Answer;
import io.agentrouter.e2e.system.Ask;
import io.agentrouter.e2e.system.PartProcess;
import io.agentrouter.runtime.testing.RedisServers;
import io.agentrouter.runtime.testing.Script;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Gateways that are replaced one after the other, under load, lose no request: as processes, ended as Kubernetes ends them. */
@Tag("slow")
class RollingRestartTest {

    private static final int CLIENTS = 12;

    /** Those that a Service would send a new connection to. */
    private final List<PartProcess> serving = new CopyOnWriteArrayList<>();

    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicInteger answered = new AtomicInteger();

    @Test
    void everyGatewayIsReplaced_everyRequestIsAnsweredWhole() throws Exception {
        try (Parts parts = Parts.start(Map.of());
                PartProcess other =
                        parts.anotherGateway(RedisServers.freePort()).awaitAlive()) {
            parts.model()
                    .otherwise(call -> Script.text("It gets ")
                            .pause(Duration.ofMillis(300))
                            .andText("4Gi [1]."));
            serving.addAll(List.of(parts.gateway(), other));
            try (var threads = Executors.newFixedThreadPool(CLIENTS)) {
                List<Future<?>> clients = new ArrayList<>();
                for (int i = 0; i < CLIENTS; i++) {
                    boolean streamed = i % 2 == 0;
                    clients.add(threads.submit(() -> askOnAndOn(streamed)));
                }
                try (PartProcess replacement = replace(parts, parts.gateway());
                        PartProcess another = replace(parts, other)) {
                    awaitMoreAnswers();
                    over.set(true);
                    for (Future<?> client : clients) {
                        client.get();
                    }
                    assertThat(replacement.alive() && another.alive()).isTrue();
                } finally {
                    over.set(true);
                }
            }
        }
    }

    private PartProcess replace(Parts parts, PartProcess old) {
        awaitMoreAnswers();
        PartProcess next = parts.anotherGateway(RedisServers.freePort()).awaitAlive();
        serving.add(next);
        serving.remove(old);
        old.terminate();
        assertThat(old.awaitExit()).isEqualTo(143);
        return next;
    }

    private void awaitMoreAnswers() {
        int before = answered.get();
        await().atMost(Duration.ofSeconds(60)).until(() -> answered.get() > before + 5 * CLIENTS);
    }

    /** Keeps its connection until it is told to leave it. */
    private void askOnAndOn(boolean streamed) {
        Ask ask = Ask.of("qa", "How much memory does the coding agent get?");
        PartProcess at = serving.get(answered.get() % serving.size());
        while (!over.get()) {
            Answer answer = at.client().ask(streamed ? ask.streamed() : ask);
            assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
            assertThat(answer.text()).contains("It gets 4Gi [1].");
            answered.incrementAndGet();
            if (answer.header("Connection").equalsIgnoreCase("close")) {
                at = serving.get(answered.get() % serving.size());
            }
        }
    }
}
