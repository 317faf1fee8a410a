package io.agentrouter.e2e.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agentrouter.e2e.system.Answer;
import io.agentrouter.e2e.system.Ask;
import io.agentrouter.e2e.system.Client;
import io.agentrouter.e2e.system.PartProcess;
import io.agentrouter.runtime.testing.Script;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Clients that ask on and on, every other one for streams, and take no answer that is not whole. */
final class Load implements AutoCloseable {

    private static final int CLIENTS = 12;
    private static final Ask QUESTION = Ask.of("qa", "How much memory does the coding agent get?");

    private final Supplier<PartProcess> gateways;
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicInteger answered = new AtomicInteger();
    private final ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    private final List<Future<?>> clients;

    /**
     * Begins to ask.
     *
     * @param gateways where a client connects, at first and whenever it is told to leave
     */
    Load(Parts parts, Supplier<PartProcess> gateways) {
        parts.model()
                .otherwise(call ->
                        Script.text("It gets ").pause(Duration.ofMillis(300)).andText("4Gi [1]."));
        this.gateways = gateways;
        clients = IntStream.range(0, CLIENTS)
                .<Future<?>>mapToObj(i -> threads.submit(() -> askOnAndOn(i % 2 == 0 ? QUESTION : QUESTION.streamed())))
                .toList();
    }

    /** Keeps its connection until it is told to leave it. */
    private void askOnAndOn(Ask ask) {
        Client gateway = gateways.get().client();
        while (!over.get()) {
            Answer answer = gateway.ask(ask);
            assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
            assertThat(answer.text()).contains("It gets 4Gi [1].");
            answered.incrementAndGet();
            if (answer.header("Connection").equalsIgnoreCase("close")) {
                gateway = gateways.get().client();
            }
        }
    }

    /** Goes on for a while, in which most clients begin and end several requests. */
    void awaitMoreAnswers() {
        int before = answered.get();
        await().atMost(Duration.ofSeconds(60))
                .failFast(() -> assertThat(clients).noneMatch(Future::isDone))
                .until(() -> answered.get() > before + 5 * CLIENTS);
    }

    /** Ends, and fails if any answer was not as it should be. */
    void end() throws ExecutionException, InterruptedException {
        over.set(true);
        for (Future<?> client : clients) {
            client.get();
        }
    }

    @Override
    public void close() {
        over.set(true);
        threads.close();
    }
}
