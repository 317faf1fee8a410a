package io.agentrouter.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agentrouter.gateway.TestGateway;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A gateway that is told to end, as SIGTERM does, while clients keep their connections to it. */
@Timeout(60)
class DrainTest {

    private static final String CHAT = RouteFixture.CHAT;
    private static final int CLIENTS = 20;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ScriptedAgent agent;
    private @Nullable TestGateway started;

    DrainTest() throws IOException {
        agent = new ScriptedAgent();
    }

    private TestGateway startWithLameDuckOf(Duration time) {
        TestGateway gateway = TestGateway.start(
                "router.agents.qa.uri=" + agent.uri(),
                "router.clients.lame-duck=" + time.toMillis() + "ms",
                "spring.lifecycle.timeout-per-shutdown-phase=30s");
        started = gateway;
        return gateway;
    }

    @AfterEach
    void stop() throws IOException {
        threads.shutdownNow();
        if (started != null) {
            started.close();
        }
        agent.close();
    }

    @Test
    void clientsThatKeepTheirConnections_loseNoRequest_andAreToldToLeave() throws Exception {
        TestGateway gateway = startWithLameDuckOf(Duration.ofSeconds(1));
        agent.answerJson("{}");
        var answers = new AtomicInteger();
        List<Future<String>> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(threads.submit(() -> askUntilToldToLeave(gateway, answers)));
        }
        await().until(() -> answers.get() > 10 * CLIENTS);

        Future<?> end = end(gateway);

        for (Future<String> client : clients) {
            assertThat(client.get()).isEqualTo("close");
        }
        end.get();
    }

    @Test
    void readinessEndsAtOnce_whileNewConnectionsAreServed() throws Exception {
        TestGateway gateway = startWithLameDuckOf(Duration.ofSeconds(2));
        agent.answerJson("{}");
        try (Wire before = client(gateway)) {
            before.post(CHAT, RouteFixture.ASK);
            before.readBody(before.readHead());
            Future<?> end = end(gateway);

            await().untilAsserted(
                            () -> assertThat(gateway.get("/readyz").body()).contains("\"drain\":\"down\""));
            assertThat(gateway.get("/livez").statusCode()).isEqualTo(200);
            try (Wire late = client(gateway).post(CHAT, RouteFixture.ASK)) {
                assertThat(late.readHead()).contains("HTTP/1.1 200 OK", "connection: close");
            }
            try (Wire nobody = client(gateway).post("/nowhere", "{}")) {
                assertThat(nobody.readHead()).contains("HTTP/1.1 404 Not Found", "connection: close");
            }
            end.get();
            assertThat(before.endsWithin(1_000)).isTrue();
        }
    }

    @Test
    void streamUnderWay_endsWhole_andItsConnectionServesOnceMore() throws Exception {
        TestGateway gateway = startWithLameDuckOf(Duration.ofMillis(500));
        var rest = new CountDownLatch(1);
        agent.play(pod -> {
            pod.readBody(pod.readHead());
            pod.send(RouteFixture.EVENTS).chunk("data: 1\n\n");
            rest.await();
            pod.chunk("data: 2\n\n").lastChunk();
        });
        try (Wire client = client(gateway).post(CHAT, RouteFixture.ASK_STREAM)) {
            client.readHead();
            assertThat(client.readChunk()).asString().contains("1");

            Future<?> end = end(gateway);

            await().until(() -> gateway.get("/readyz").statusCode() == 503);
            // Longer than the lame duck: what is under way counts.
            await().during(Duration.ofSeconds(1)).atMost(Duration.ofSeconds(10)).until(() -> !end.isDone());
            rest.countDown();
            assertThat(client.readChunk()).asString().contains("2");
            assertThat(client.readChunk()).isEmpty();
            client.post(CHAT, RouteFixture.ASK_STREAM);
            List<String> head = client.readHead();
            assertThat(head).contains("HTTP/1.1 200 OK", "connection: close");
            assertThat(client.readBody(head)).asString().contains("1", "2");
            end.get();
        }
    }

    /** The Connection header that made it stop. */
    private String askUntilToldToLeave(TestGateway gateway, AtomicInteger answers) throws Exception {
        try (Wire client = client(gateway)) {
            while (true) {
                client.post(CHAT, RouteFixture.ASK);
                List<String> head = client.readHead();
                assertThat(head.getFirst()).contains(" 200 ");
                client.readBody(head);
                answers.incrementAndGet();
                String connection = Wire.header(head, "Connection");
                if (connection != null) {
                    return connection;
                }
                Thread.sleep(ThreadLocalRandom.current().nextInt(250));
            }
        }
    }

    private Future<?> end(TestGateway gateway) {
        return threads.submit(() -> gateway.context().close());
    }

    private Wire client(TestGateway gateway) throws IOException {
        return Wire.to(gateway.uri("/"));
    }
}
