package io.agentrouter.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What asks how things are never waits behind runs, however many there are. */
class ProbeTest extends RouteFixture {

    private static final int RUNS = 20;

    @Override
    String[] properties() {
        return with(
                "router.agents.coding.uri=" + agent.uri(),
                "router.agents.qa.resources.slots=" + RUNS,
                "router.max-buffered-sum=256KB",
                POOL + "max-connections=" + RUNS);
    }

    @Test
    void whileNoMoreRunsFit_healthAndListsAreAnsweredAtOnce() throws Exception {
        var runs = new AtomicInteger();
        agent.play(gateway -> {
            List<String> head = gateway.readHead();
            if (head.getFirst().startsWith("GET /health ")) {
                gateway.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
                return;
            }
            gateway.readBody(head);
            runs.incrementAndGet();
            gateway.endsWithin(60_000);
        });
        List<Wire> clients = new ArrayList<>();
        try {
            for (int i = 0; i < RUNS; i++) {
                clients.add(client().post(CHAT, ASK));
            }
            await().untilAtomic(runs, org.hamcrest.Matchers.is(RUNS));
            long left = 256 * 1024 - held();
            clients.add(client().send(Wire.head(CHAT, "Content-Length: " + left) + "{"));
            await().until(() -> held() == 256 * 1024);

            for (String path : List.of("/livez", "/readyz", "/health", "/agents", "/v1/models", "/openapi.json")) {
                long start = System.nanoTime();
                var answer = gateway.get(path);
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
                assertThat(answer.statusCode()).as(path).isIn(200, path.equals("/health") ? 503 : 200);
            }
            assertThat(gateway.get("/health").body()).contains("\"coding\":\"ok\",\"qa\":\"ok\"");
        } finally {
            for (Wire client : clients) {
                client.close();
            }
        }
    }
}
