package io.agentrouter.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of requests while every slot is taken. */
class QueueTest extends RouteFixture {

    /** Of the token "sesame". */
    private static final String SHA = "d0c04f4b1951e4aeaaec8223ed2039e542f3aae805a6fa7f6d794e5afff5d272";

    private static final String MODEST = "Authorization: Bearer sesame";
    private static final int SLOTS = 2;

    private final List<Wire> clients = new ArrayList<>();
    private SlottedScript script = new SlottedScript(SLOTS);

    @Override
    String[] properties() {
        return with(
                "router.agents.qa.resources.slots=" + SLOTS,
                "router.agents.qa.queue.max-entries=4",
                "router.agents.qa.queue.max-held=10KB",
                "router.agents.qa.queue.max-wait=20s",
                "router.agents.qa.queue.comment-interval=300ms",
                "router.max-buffered=8KB",
                "router.tenants.modest.token-sha256=" + SHA);
    }

    @BeforeEach
    void everySlotIsTaken() throws IOException {
        script = new SlottedScript(SLOTS);
        agent.play(script);
        ask("first");
        ask("second");
        await().until(() -> script.begun().size() == SLOTS);
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        script.end(100);
        // Before their clients leave, since a slot is free for others then, before the agent has noticed.
        await().until(() -> waiting("qa") == 0 && active() == 0 && held() == 0);
        for (Wire client : clients) {
            client.close();
        }
        clients.clear();
        assertThat(script.refused()).as("asked beyond its slots").isEmpty();
    }

    @Test
    void requestsBeyondTheSlots_waitAndAreAnsweredInTheirOrder() throws IOException {
        waits("third");
        waits("fourth");
        script.end(1);
        await().until(() -> script.begun().size() == 3);
        assertThat(script.begun()).last().asString().contains("third");
        script.end(3);
        for (Wire client : clients) {
            assertThat(client.readHead()).first().asString().contains(" 200 ");
        }
        assertThat(script.begun()).last().asString().contains("fourth");
    }

    @Test
    void requestThatDoesNotWait_isRefusedAtOnce_withTheQueueAsItIs() throws IOException {
        waits("third");
        isRefused(ask("no wait", "Prefer: wait=0"), "agent_busy", 1);
        waits("fourth");
        isRefused(ask("no wait", "Prefer: wait=0"), "agent_busy", 2);
    }

    @Test
    void requestBeyondTheQueue_isRefused_andOneWhoLeavesFreesItsPlaceAtOnce() throws IOException {
        waits("third");
        waits("fourth");
        waits("fifth");
        Wire last = waits("sixth");
        isRefused(ask("seventh"), "queue_full", 4);

        last.close();
        await().atMost(Duration.ofSeconds(1)).until(() -> waiting("qa") == 3);
        waits("eighth");
        script.end(5);
        await().until(() -> script.begun().size() == 6);
        assertThat(script.begun()).anyMatch(body -> body.contains("eighth"));
    }

    @Test
    void burstOfTenTimesTheSlots_isAnsweredOrRefusedWithTheQueueAsItIs() throws Exception {
        List<Future<Boolean>> answered = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 10 * SLOTS; i++) {
                answered.add(threads.submit(this::askedInABurst));
            }
            await().until(() ->
                    answered.stream().filter(Future::isDone).count() == 10 * SLOTS - 4 && waiting("qa") == 4);
            script.end(100);
        }
        assertThat(answered).extracting(Future::get).filteredOn(was -> was).hasSize(4);
    }

    /** Whether it was answered; if not, it was refused as it should be. */
    private boolean askedInABurst() throws IOException {
        try (Wire client = client().post(CHAT, ASK)) {
            List<String> head = client.readHead();
            if (!head.getFirst().contains(" 200 ")) {
                isRefused(head, client.readBody(head), "queue_full", 4);
                return false;
            }
            return true;
        }
    }

    @Test
    void bodiesBeyondTheBound_doNotWait() throws IOException {
        waits("x".repeat(6_000));
        isRefused(ask("y".repeat(6_000)), "queue_full", 1);
        waits("small");
    }

    @Test
    void otherTenant_findsRoomInAQueueThatOneFills_andComesNextButOne() throws IOException {
        waits("third");
        waits("fourth");
        waits("fifth");
        Wire last = waits("sixth");

        ask("modest", MODEST);

        assertThat(body(last)).contains("\"queue_full\"");
        script.end(1);
        await().until(() -> script.begun().size() == 3);
        script.end(1);
        await().until(() -> script.begun().size() == 4);
        assertThat(script.begun()).filteredOn(body -> body.contains("modest")).hasSize(1);
    }

    @Test
    void otherTenantsBody_forWhichThereIsNoRoomEvenSo_pushesNobodyOut() throws IOException {
        waits("x".repeat(6_000));
        waits("third");
        waits("fourth");

        isRefused(ask("y".repeat(7_000), MODEST), "queue_full", 3);

        assertThat(waiting("qa")).isEqualTo(3);
        for (String next : List.of("xxx", "third", "fourth")) {
            int before = script.begun().size();
            script.end(1);
            await().until(() -> script.begun().size() == before + 1);
            assertThat(script.begun()).last().asString().contains(next);
        }
    }

    @Test
    void batch_waitsForWhatIsInteractive() throws IOException {
        waits("batch", "X-Priority: batch");
        waits("interactive", "X-Priority: interactive");
        script.end(1);
        await().until(() -> script.begun().size() == 3);
        assertThat(script.begun()).last().asString().contains("interactive");
    }

    @Test
    void otherPriority_400_thoughEverySlotIsTaken() throws IOException {
        Wire client = ask("third", "X-Priority: urgent");
        List<String> head = client.readHead();
        byte[] body = client.readBody(head);
        assertThat(head.getFirst()).contains(" 400 ");
        assertThat(body).asString().contains("\"code\":\"invalid_priority\"");
        isDescribed(head, body);
    }

    @Test
    void waitThatLastsTooLong_endsWithARefusal() throws IOException {
        Wire client = waits("third", "Prefer: wait=1");
        assertThat(waiting("qa")).isEqualTo(1);
        isRefused(client, "wait_timeout", 0);
        assertThat(waiting("qa")).isZero();
    }

    @Test
    void refusedByThePod_whenAllItsTimeHasGoneBy_isToldThatItWaited() throws IOException {
        Wire client = waits("third", "Prefer: wait=1");
        agent.play(gateway -> {
            gateway.readBody(gateway.readHead());
            Thread.sleep(1_100);
            gateway.send("HTTP/1.1 503 No\r\nX-Agent-Refused: busy\r\nContent-Length: 2\r\n\r\n{}");
        });
        script.end(1);
        isRefused(client, "wait_timeout", 0);
    }

    @Test
    void streamThatWaits_getsItsHeadAndComments_thenWhatTheAgentSays() throws IOException {
        long asked = System.nanoTime();
        Wire client = stream("third");
        assertThat(client.readHead()).first().asString().contains(" 200 ");
        assertThat(Duration.ofNanos(System.nanoTime() - asked)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
        assertThat(client.readChunk()).asString().isEqualTo(": waiting for a slot\n\n");
        assertThat(client.readChunk()).asString().isEqualTo(": waiting for a slot\n\n");
        script.end(3);
        String rest = new String(client.readBody(List.of()), StandardCharsets.ISO_8859_1);
        assertThat(rest).endsWith("data: 1\n\n").doesNotContain("error");
    }

    @Test
    void streamOfHttp10ThatWaits_comesWithoutChunks() throws IOException {
        String body = "{\"model\":\"qa\",\"stream\":true}";
        Wire client =
                client().send("POST " + CHAT + " HTTP/1.0\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
        clients.add(client);
        assertThat(Wire.header(client.readHead(), "Transfer-Encoding")).isNull();
        script.end(3);
        assertThat(new String(client.readToEnd(), StandardCharsets.ISO_8859_1))
                .startsWith(": waiting for a slot\n\n")
                .endsWith("data: 1\n\n");
    }

    @Test
    void streamThatWaitsInVain_endsWithAnErrorEvent() throws IOException {
        Wire client = stream("third", "Prefer: wait=1");
        List<String> head = client.readHead();
        assertThat(head.getFirst()).contains(" 200 ");
        String events = new String(client.readBody(head), StandardCharsets.ISO_8859_1);
        assertThat(List.of(events.split("\n\n")))
                .last()
                .asString()
                .startsWith("data: {\"error\":{")
                .contains("wait_timeout");
    }

    @Test
    void streamWhoseAgentRefusesItLate_endsWithTheAgentsError() throws IOException {
        Wire client = stream("third");
        client.readHead();
        agent.play(gateway -> {
            gateway.readBody(gateway.readHead());
            String error = "{\"error\":{\"message\":\"no\",\"code\":\"mine\"},\"detail\":\"no\"}";
            gateway.send("HTTP/1.1 400 No\r\nContent-Length: " + error.length() + "\r\n\r\n" + error);
        });
        script.end(1);
        String events = new String(client.readBody(List.of()), StandardCharsets.ISO_8859_1);
        assertThat(events).endsWith("data: {\"error\":{\"message\":\"no\",\"code\":\"mine\"}}\n\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"close", "reset", "half-close"})
    void clientThatLeavesAStreamThatWaits_freesItsPlaceAtOnce(String how) throws IOException {
        Wire client = stream("third");
        client.readHead();
        switch (how) {
            case "close" -> client.close();
            case "reset" -> client.reset();
            default -> client.endOutput();
        }
        await().atMost(Duration.ofSeconds(1)).until(() -> waiting("qa") == 0);
    }

    @Test
    void clientThatLeavesAStreamAfterItHasWaited_endsTheAgentsWork() throws Exception {
        Wire client = stream("third");
        client.readHead();
        var ended = new CompletableFuture<Boolean>();
        agent.play(gateway -> {
            gateway.readBody(gateway.readHead());
            gateway.send(RouteFixture.EVENTS).chunk("data: 1\n\n");
            ended.complete(gateway.endsWithin(10_000));
        });
        script.end(1);
        String read = "";
        while (!read.endsWith("data: 1\n\n")) {
            read += new String(client.readChunk(), StandardCharsets.ISO_8859_1);
        }
        client.close();
        assertThat(ended.get(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void bodyThatHasBegunToPass_doesNotWait_andOneThatHasNot_does() throws IOException {
        String large = "{\"messages\":\"" + "x".repeat(20_000) + "\"}";
        Wire chunked = client().send(Wire.head("/agents/qa" + CHAT, "Transfer-Encoding: chunked"));
        clients.add(chunked);
        chunked.chunk(large);
        isRefused(chunked, "agent_busy", 0);

        Wire client = client().post("/agents/qa" + CHAT, large);
        clients.add(client);
        await().until(() -> waiting("qa") == 1);
        script.end(3);
        assertThat(client.readHead()).first().asString().contains(" 200 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json, text/event-stream",
                "text/event-stream, */*;q=0.1",
                "json",
                "text/event-stream, json",
                "text/event-stream,",
            })
    void largeBody_whoseClientDoesNotTakeEventsAlone_getsTheAnswerAsItIs(String accept) throws Exception {
        Wire client = large(accept);
        await().until(() -> waiting("qa") == 1);
        Thread.sleep(600); // twice as long as a stream waits for its head
        script.end(3);
        List<String> head = client.readHead();
        assertThat(head)
                .contains("Content-Type: application/json")
                .first()
                .asString()
                .contains(" 200 ");
        assertThat(client.readBody(head)).asString().isEqualTo("{}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/event-stream", "Text/Event-Stream; charset=utf-8"})
    void largeBody_whoseClientTakesEventsAlone_getsItsHeadWhileItWaits(String accept) throws IOException {
        assertThat(large(accept).readHead()).contains("Content-Type: text/event-stream");
        assertThat(waiting("qa")).isEqualTo(1);
    }

    private Wire large(String accept) throws IOException {
        String body = "{\"messages\":\"" + "x".repeat(20_000) + "\"}";
        Wire client = client().post("/agents/qa" + CHAT, body, "Accept: " + accept);
        clients.add(client);
        return client;
    }

    private Wire waits(String what, String... headers) throws IOException {
        int before = waiting("qa");
        Wire client = ask(what, headers);
        await().until(() -> waiting("qa") == before + 1);
        return client;
    }

    private Wire stream(String what, String... headers) throws IOException {
        Wire client = client().post(CHAT, "{\"model\":\"qa\",\"stream\":true,\"what\":\"" + what + "\"}", headers);
        clients.add(client);
        return client;
    }

    private Wire ask(String what, String... headers) throws IOException {
        Wire client = client().post(CHAT, "{\"model\":\"qa\",\"what\":\"" + what + "\"}", headers);
        clients.add(client);
        return client;
    }

    private void isRefused(Wire client, String code, int length) throws IOException {
        List<String> head = client.readHead();
        isRefused(head, client.readBody(head), code, length);
    }

    private void isRefused(List<String> head, byte[] body, String code, int length) {
        assertThat(head.getFirst()).contains(" 503 ");
        assertThat(head).contains("X-Should-Retry: true").anyMatch(line -> line.matches("Retry-After: [1-9][0-9]*"));
        assertThat(body)
                .asString()
                .contains("\"code\":\"" + code + "\"")
                .containsPattern("\"queue\":\\{\"length\":" + length + ",\"estimated_wait\":[0-9.]+}");
        isDescribed(head, body);
    }

    private static String body(Wire client) throws IOException {
        return new String(client.readBody(client.readHead()), StandardCharsets.ISO_8859_1);
    }
}
