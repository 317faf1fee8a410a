package io.agentrouter.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agentrouter.gateway.endpoint.Endpoint;
import io.agentrouter.gateway.testing.FakeCluster.State;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Pods that come and go while runs are under way. */
class FleetTest extends FleetFixture {

    private static final int CLIENTS = 4;
    private static final int REQUESTS_EACH = 1_500;

    @Override
    String[] properties() {
        return with("router.endpoints.slow-start=0s");
    }

    /**
     * Four connections on three pods: were each kept at one pod, some pod had half more than its share. Even by chance alone, without any
     * load that tells the pods apart, a share of 1.1 is five standard deviations away.
     */
    @Test
    void clientsThatKeepTheirConnections_loadAllPodsEvenly() throws Exception {
        ScriptedAgent three = pod("three");
        awaitUsable(3);
        List<AtomicInteger> counts = new ArrayList<>();
        for (ScriptedAgent pod : List.of(one, two, three)) {
            var count = new AtomicInteger();
            counts.add(count);
            pod.play(gateway -> {
                gateway.readBody(gateway.readHead());
                count.incrementAndGet();
                ScriptedAgent.sendJson(gateway, "{}");
            });
        }
        List<Future<?>> clients = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(threads.submit(this::askOnOneConnection));
            }
        }
        for (Future<?> client : clients) {
            client.get();
        }
        int all = CLIENTS * REQUESTS_EACH;
        assertThat(counts.stream().mapToInt(AtomicInteger::get).sum()).isEqualTo(all);
        assertThat(counts).allSatisfy(count -> assertThat(count.get()).isLessThan(all / counts.size() * 11 / 10));
    }

    @Test
    void streamsAtOnce_areSpreadEvenly_andRunOnWhateverBecomesOfTheirPods() throws Exception {
        var end = new CountDownLatch(1);
        for (ScriptedAgent pod : List.of(one, two)) {
            pod.play(gateway -> stream(gateway, end));
        }
        List<Wire> clients = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Wire client = client().post(CHAT, ASK_STREAM);
            clients.add(client);
            client.readHead();
        }
        assertThat(usable()).extracting(Endpoint::outstanding).containsExactly(4, 4);

        ScriptedAgent three = pod("three");
        put("one", one, State.TERMINATING);
        put("two", two, State.TERMINATING);
        awaitUsable(three);
        cluster.remove("qa-agent", "one"); // its connections are forgotten
        three.answerJson("{}");
        for (int i = 0; i < 10; i++) {
            assertThat(ask()).isEqualTo("{}");
        }

        end.countDown();
        for (Wire client : clients) {
            assertThat(client.readChunk()).asString().isEqualTo("data: 1\n\n");
            assertThat(client.readChunk()).asString().isEqualTo("data: 2\n\n");
            assertThat(client.readChunk()).isEmpty();
            client.close();
        }
        await().until(() -> one.open() == 0); // rather than kept for the next
        assertThat(three.open()).isPositive();
    }

    @Test
    void allPodsUnready_areUsedAllTheSame() throws Exception {
        one.answerJson("1");
        two.answerJson("2");
        put("one", one, State.UNREADY);
        awaitUsable(two);
        put("two", two, State.UNREADY);
        awaitUsable(2);
        assertThat(List.of(ask(), ask(), ask())).isSubsetOf("1", "2");
        put("one", one, State.READY);
        awaitUsable(one);
    }

    @Test
    void apiServerAway_whatIsKnownStands_andWhatChangedIsLearnedAfterwards() throws Exception {
        one.answerJson("{}");
        two.answerJson("{}");
        cluster.stop();
        for (int i = 0; i < 10; i++) {
            assertThat(ask()).isEqualTo("{}");
        }
        assertThat(gateway.get("/readyz").statusCode()).isEqualTo(200);
        cluster.restart();
        put("two", two, State.TERMINATING);
        awaitUsable(one);
    }

    @Test
    void pods_areAskedHowTheyAre_andOneThatIsWellIsEnough() throws Exception {
        one.play(gateway -> {
            gateway.readHead();
            gateway.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
        });
        two.close();
        await().untilAsserted(() -> assertThat(gateway.get("/health").body()).contains("\"qa\":\"ok\""));
        assertThat(gateway.get("/agents").body()).contains("\"type\":\"coding\"", "\"status\":\"unreachable\"");
    }

    @Test
    void mixedExchanges_leaveNothingOutstanding() throws Exception {
        for (ScriptedAgent pod : List.of(one, two)) {
            pod.play(FleetTest::mixed);
        }
        List<Future<?>> exchanges = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(20, Thread.ofVirtual().factory())) {
            for (int i = 0; i < 500; i++) {
                int way = i % 6;
                exchanges.add(threads.submit((Callable<Void>) () -> {
                    exchange(way);
                    return null;
                }));
            }
        }
        for (Future<?> exchange : exchanges) {
            exchange.get();
        }
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(usable()).hasSize(2).allMatch(endpoint -> endpoint.outstanding() == 0));
    }

    private static void mixed(Wire gateway) throws IOException {
        String way = new String(gateway.readBody(gateway.readHead()), java.nio.charset.StandardCharsets.ISO_8859_1);
        switch (way.charAt(way.length() - 2)) {
            case '0' -> gateway.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
            case '1' -> gateway.send("HTTP/1.1 500 Oh\r\nContent-Length: 2\r\n\r\n{}");
            case '2' -> gateway.send("HTTP/1.1 503 No\r\nX-Agent-Refused: busy\r\nContent-Length: 2\r\n\r\n{}");
            case '3' -> gateway.reset();
            case '4' -> gateway.send(RouteFixture.EVENTS).chunk("data: 1\n\n").reset();
            default -> gateway.endsWithin(10_000); // until the client has left
        }
    }

    private void exchange(int way) throws IOException {
        try (Wire client = client().post(CHAT, "{\"model\":\"qa\",\"way\":" + way + "}", "Prefer: wait=0")) {
            if (way == 5) {
                client.endsWithin(20);
            } else {
                client.readBody(client.readHead());
            }
        }
    }

    private Void askOnOneConnection() throws IOException {
        try (Wire client = client()) {
            for (int i = 0; i < REQUESTS_EACH; i++) {
                client.post(CHAT, ASK);
                assertThat(client.readBody(client.readHead())).asString().isEqualTo("{}");
            }
        }
        return null;
    }

    private static void stream(Wire gateway, CountDownLatch end) throws Exception {
        gateway.readBody(gateway.readHead());
        gateway.send(RouteFixture.EVENTS).chunk("data: 1\n\n");
        end.await();
        gateway.chunk("data: 2\n\n").lastChunk();
    }
}
