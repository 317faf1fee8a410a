package io.agentrouter.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agentrouter.gateway.endpoint.Endpoint;
import io.agentrouter.gateway.testing.FakeCluster.State;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A pod that fails again and again is left out for a while, and no other pod for what is not its fault. */
class EjectionTest extends FleetFixture {

    private static final String SERVER_ERROR = "HTTP/1.1 500 Oh\r\nContent-Length: 2\r\n\r\n{}";

    @Override
    String[] properties() {
        return with(
                "router.endpoints.ejection.failures=3",
                "router.endpoints.ejection.first=1s",
                "router.endpoints.ejection.at-most=1s",
                // The pods do not say how they are.
                "router.discovery.check-timeout=100ms");
    }

    @Test
    void podThatAnswers500_isLeftOut_andTriedAgainAfterwards() throws Exception {
        one.play(gateway -> reply(gateway, SERVER_ERROR));
        two.answerJson("{}");
        askUntilOut(one);
        for (int i = 0; i < 20; i++) {
            assertThat(statusAndBody()).isEqualTo("200 {}");
        }

        one.answerJson("[]");
        await().atMost(Duration.ofSeconds(3)).until(() -> statusAndBody().equals("200 []"));
    }

    @Test
    void podThatBreaksTheConnection_isLeftOut() throws Exception {
        one.play(gateway -> {
            gateway.readBody(gateway.readHead());
            gateway.reset();
        });
        two.answerJson("{}");
        askUntilOut(one);
    }

    @Test
    void podThatBreaksItsStreams_isLeftOut() throws Exception {
        one.play(gateway -> {
            gateway.readBody(gateway.readHead());
            gateway.send(RouteFixture.EVENTS).chunk("data: 1\n\n").reset();
        });
        two.answerJson("{}");
        askUntilOut(one);
    }

    @Test
    void podThatCannotBeConnectedTo_isLeftOut_andNobodyNotices() throws Exception {
        one.close();
        two.answerJson("{}");
        await().until(() -> {
            assertThat(statusAndBody()).isEqualTo("200 {}");
            return isOut(one);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "400 Bad\r\nX-Should-Retry: false",
                "429 Later\r\nX-Should-Retry: true",
                "503 No\r\nX-Agent-Refused: busy",
                "503 Redis\r\nX-Should-Retry: true"
            })
    void whatIsNotThePodsFault_leavesItIn(String answer) throws Exception {
        var asked = new AtomicInteger();
        one.play(gateway -> {
            asked.incrementAndGet();
            reply(gateway, "HTTP/1.1 " + answer + "\r\nContent-Length: 2\r\n\r\n{}");
        });
        two.answerJson("{}");
        await().until(() -> {
            statusAndBody();
            return asked.get() > 3;
        });
        assertThat(isOut(one)).isFalse();
    }

    @Test
    void clientsThatLeave_areNoFaultOfThePod() throws Exception {
        one.play(gateway -> gateway.endsWithin(10_000));
        two.play(gateway -> gateway.endsWithin(10_000));
        for (int i = 0; i < 10; i++) {
            try (Wire client = client().post(CHAT, ASK)) {
                client.endsWithin(20);
            }
        }
        await().untilAsserted(() -> assertThat(usable()).hasSize(2).allMatch(pod -> pod.outstanding() == 0));
        assertThat(usable()).noneMatch(Endpoint::isOut);
    }

    @Test
    void clientThatLeavesInMidStream_doesNotMakeUpForFailures() throws Exception {
        put("two", two, State.TERMINATING);
        awaitUsable(one);
        one.play(gateway -> reply(gateway, SERVER_ERROR));
        assertThat(List.of(statusAndBody(), statusAndBody())).containsOnly("500 {}");
        one.play(gateway -> {
            gateway.readBody(gateway.readHead());
            gateway.send(RouteFixture.EVENTS).chunk("data: 1\n\n").endsWithin(10_000);
        });
        try (Wire client = client().post(CHAT, ASK_STREAM)) {
            client.readHead();
            client.readChunk();
        }
        await().until(() -> usable().getFirst().outstanding() == 0);
        assertThat(isOut(one)).isFalse();
        one.play(gateway -> reply(gateway, SERVER_ERROR));
        assertThat(statusAndBody()).isEqualTo("500 {}");
        await().until(() -> isOut(one));
    }

    @Test
    void podThatIsLeftOut_showsAmongTheAgents() {
        one.play(gateway -> reply(gateway, SERVER_ERROR));
        two.answerJson("{}");
        await().untilAsserted(() -> {
            statusAndBody();
            assertThat(gateway.get("/agents").body())
                    .contains(
                            "{\"pod\":\"one\",\"slots\":16,\"free\":16,\"outstanding\":0,\"ejected\":true}",
                            "{\"pod\":\"two\",\"slots\":16,\"free\":16,\"outstanding\":0,\"ejected\":false}");
        });
    }

    private void askUntilOut(ScriptedAgent pod) {
        await().until(() -> {
            statusAndBody();
            return isOut(pod);
        });
    }

    private boolean isOut(ScriptedAgent pod) {
        return endpoint(pod).orElseThrow().isOut();
    }

    private static void reply(Wire gateway, String answer) throws IOException {
        gateway.readBody(gateway.readHead());
        gateway.send(answer);
    }

    private String statusAndBody() throws IOException {
        try (Wire client = client().post(CHAT, ASK)) {
            List<String> head = client.readHead();
            byte[] body = client.readBody(head);
            return head.getFirst().substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length())
                    + " "
                    + new String(body, StandardCharsets.ISO_8859_1);
        }
    }
}
