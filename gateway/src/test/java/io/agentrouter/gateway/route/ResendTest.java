package io.agentrouter.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agentrouter.gateway.testing.FakeCluster.State;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a pod did not begin goes to another; what began never does. */
class ResendTest extends FleetFixture {

    private static final String NO_WAIT = "Prefer: wait=0";

    private final AtomicInteger refusals = new AtomicInteger();
    private final List<String> bodies = Collections.synchronizedList(new ArrayList<>());

    @BeforeEach
    void countAnew() {
        refusals.set(0);
        bodies.clear();
    }

    @ParameterizedTest
    @ValueSource(strings = {"busy", "draining"})
    void refusedByOnePod_isAnsweredByTheOther_whichGetsTheVeryBytes(String reason) throws Exception {
        one.play(gateway -> refuse(gateway, reason));
        two.play(this::answer);
        String body = "{ \"model\" : \"qa\", \"odd\":\"\u00c3\u00a9  \" }"; // e acute in UTF-8
        for (int i = 0; i < 20; i++) {
            try (Wire client = client().post(CHAT, body, "X-Request-Id: same")) {
                assertThat(client.readHead()).first().asString().contains(" 200 ");
            }
        }
        assertThat(refusals).hasPositiveValue();
        assertThat(bodies).hasSize(20).containsOnly(body);
    }

    @Test
    void noConnectionToOnePod_isAnsweredByTheOther() throws Exception {
        one.close();
        two.play(this::answer);
        for (int i = 0; i < 20; i++) {
            assertThat(statusOf(ASK)).isEqualTo(200);
        }
        assertThat(bodies).hasSize(20);
    }

    @Test
    void everyPodRefuses_andTheClientDoesNotWait_503_eachAskedOnce() throws Exception {
        one.play(gateway -> refuse(gateway, "busy"));
        two.play(gateway -> refuse(gateway, "busy"));
        try (Wire client = client().post(CHAT, ASK, NO_WAIT)) {
            List<String> head = client.readHead();
            assertThat(head.getFirst()).contains(" 503 ");
            assertThat(head).contains("Retry-After: 1", "X-Should-Retry: true");
            assertThat(client.readBody(head)).asString().contains("\"agent_busy\"", "type qa", "\"queue\"");
        }
        assertThat(refusals).hasValue(2);
    }

    @Test
    void everyPodRefusesAtFirst_isAnsweredWhenOneHasRoom() throws Exception {
        one.play(gateway -> refuse(gateway, "busy"));
        two.play(gateway -> refuse(gateway, "busy"));
        try (Wire client = client().post(CHAT, ASK)) {
            await().until(() -> refusals.get() > 2);
            two.play(this::answer);
            assertThat(client.readHead()).first().asString().contains(" 200 ");
        }
        assertThat(bodies).containsOnly(ASK);
    }

    @Test
    void onlyPodDrains_isAnsweredByTheNextThatComes() throws Exception {
        put("one", one, State.TERMINATING);
        awaitUsable(two);
        two.play(gateway -> refuse(gateway, "draining"));
        try (Wire client = client().post(CHAT, ASK)) {
            await().until(() -> refusals.get() == 1);
            pod("three").play(this::answer);
            assertThat(client.readHead()).first().asString().contains(" 200 ");
        }
        assertThat(refusals).hasValue(1);
    }

    @Test
    void onePodRefusesAndTheOtherIsAway_isToldOneOrTheOther() throws Exception {
        one.play(gateway -> refuse(gateway, "busy"));
        two.close();
        for (int i = 0; i < 10; i++) {
            try (Wire client = client().post(CHAT, ASK, NO_WAIT)) {
                assertThat(client.readBody(client.readHead())).asString().contains("\"agent_");
            }
        }
    }

    @Test
    void answerThatIsNoRefusal_isNotSentAgain() throws Exception {
        for (ScriptedAgent pod : List.of(one, two)) {
            pod.play(gateway -> {
                read(gateway);
                gateway.send("HTTP/1.1 503 Oh\r\nContent-Length: 2\r\n\r\n{}");
            });
        }
        try (Wire client = client().post(CHAT, ASK)) {
            assertThat(client.readHead()).contains("X-Should-Retry: false");
        }
        assertThat(bodies).hasSize(1);
    }

    @Test
    void connectionThatBreaksAfterTheRequest_isNotSentAgain() throws Exception {
        for (ScriptedAgent pod : List.of(one, two)) {
            pod.play(gateway -> {
                read(gateway);
                gateway.reset();
            });
        }
        assertThat(statusOf(ASK)).isEqualTo(502);
        assertThat(bodies).hasSize(1);
    }

    @Test
    void largeBody_refusedOnceTaken_isRefusedAndNotSentAgain() throws Exception {
        for (ScriptedAgent pod : List.of(one, two)) {
            pod.play(gateway -> refuse(gateway, "busy"));
        }
        try (Wire client = client().post("/agents/qa" + CHAT, large())) {
            List<String> head = client.readHead();
            assertThat(head.getFirst()).contains(" 503 ");
            assertThat(head).contains("Retry-After: 1", "X-Should-Retry: true");
            assertThat(client.readBody(head))
                    .asString()
                    .contains("\"agent_busy\"", "\"queue\":{\"length\":0,\"estimated_wait\":0.0}");
        }
        assertThat(refusals).hasValue(1);
    }

    @Test
    void largeBody_ofWhichNothingWasTaken_goesToTheOtherPod() throws Exception {
        one.close();
        two.play(this::answer);
        for (int i = 0; i < 10; i++) {
            try (Wire client = client().post("/agents/qa" + CHAT, large())) {
                assertThat(client.readHead()).first().asString().contains(" 200 ");
            }
        }
        assertThat(bodies).hasSize(10).containsOnly(large());
    }

    @Test
    void connectionsThatAreNotMade_areGivenUpWithinTheFirstByteLimit() throws Exception {
        try (var deaf = new FullBacklog()) {
            cluster.put("qa-agent", "one", java.net.URI.create(deaf.uri()), State.READY);
            cluster.put("qa-agent", "two", java.net.URI.create(deaf.uri()), State.TERMINATING);
            awaitUsable(1);
            long start = System.nanoTime();
            assertThat(statusOf(ASK)).isEqualTo(504);
            assertThat(System.nanoTime() - start).isLessThan(5_000_000_000L);
        }
    }

    @Test
    void noPodAtAll_503_noEndpoint() throws Exception {
        try (Wire client = client().post("/agents/coding" + CHAT, ASK, NO_WAIT)) {
            List<String> head = client.readHead();
            assertThat(head.getFirst()).contains(" 503 ");
            assertThat(head).contains("Retry-After: 5", "X-Should-Retry: true");
            assertThat(client.readBody(head)).asString().contains("\"no_endpoint\"", "coding");
        }
    }

    private int statusOf(String ask) throws IOException {
        try (Wire client = client().post(CHAT, ask)) {
            return Integer.parseInt(client.readHead().getFirst().substring(9, 12));
        }
    }

    private static String large() {
        return "{\"messages\":\"" + "x".repeat(100_000) + "\"}";
    }

    private void read(Wire gateway) throws IOException {
        bodies.add(new String(gateway.readBody(gateway.readHead()), StandardCharsets.ISO_8859_1));
    }

    private void answer(Wire gateway) throws IOException {
        read(gateway);
        gateway.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
    }

    private void refuse(Wire gateway, String reason) throws IOException {
        gateway.readBody(gateway.readHead());
        refusals.incrementAndGet();
        gateway.send(
                "HTTP/1.1 503 No\r\nX-Agent-Refused: " + reason + "\r\nRetry-After: 7\r\nContent-Length: 2\r\n\r\n{}");
    }
}
