package io.agentrouter.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agentrouter.gateway.route.ScriptedAgent.Script;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class FailureTest extends RouteFixture {

    private static final FullBacklog deaf = new FullBacklog();

    @AfterAll
    static void hangUp() throws IOException {
        deaf.close();
    }

    @Override
    String[] properties() {
        return with(Stream.of(
                        Stream.of(
                                "router.agents.coding.uri=http://127.0.0.1:1",
                                "router.agents.qa.timeouts.first-byte=300ms",
                                "router.agents.qa.timeouts.total=1s",
                                "router.agents.qa.timeouts.idle=1s",
                                "router.agents.qa.timeouts.connect=1s"),
                        type("deaf", deaf.uri(), "connect=200ms"),
                        type("pausing", agent.uri(), "idle=300ms"),
                        type("late", agent.uri(), "total=2s", "idle=2s", "first-byte=2s"),
                        type("endless", agent.uri(), "total=2s", "idle=2s", "first-byte=2s"))
                .flatMap(properties -> properties)
                .toArray(String[]::new));
    }

    private static Stream<String> type(String name, String uri, String... timeouts) {
        String key = "router.agents." + name;
        return Stream.concat(
                Stream.of(
                        key + ".uri=" + uri,
                        key + ".description=Of this test.",
                        key + ".resources.memory=1Gi",
                        key + ".resources.cpu=1",
                        key + ".resources.slots=1"),
                Stream.of(timeouts).map(timeout -> key + ".timeouts." + timeout));
    }

    @Test
    void unreachableAgent_503_retriableAfterAWhile() throws Exception {
        try (Wire client = client().post("/agents/coding" + CHAT, ASK)) {
            List<String> head = client.readHead();
            assertThat(head.getFirst()).contains(" 503 ");
            assertThat(Wire.header(head, "Retry-After")).isEqualTo("1");
            assertThat(Wire.header(head, "X-Should-Retry")).isEqualTo("true");
            byte[] body = client.readBody(head);
            assertThat(body).asString().contains("\"agent_unreachable\"");
            isDescribed(head, body);
        }
    }

    @Test
    void agentThatBreaksOffBeforeItsAnswer_502_notToBeSentAgain() throws Exception {
        for (Script end : List.<Script>of(Wire::close, Wire::reset)) {
            agent.play(gateway -> {
                gateway.readBody(gateway.readHead());
                end.play(gateway);
            });
            answers(ASK, 502, "agent_failed", "broke the connection before it answered");
        }
    }

    @Test
    void agentThatBreaksOffOnAUsedConnection_hasTheRequestOnce() throws Exception {
        for (Script end : List.<Script>of(Wire::close, Wire::reset)) {
            agent.answerJson("{}");
            try (Wire client = client().post(CHAT, ASK)) {
                client.readBody(client.readHead());
            }
            var asked = new AtomicInteger();
            agent.play(gateway -> {
                gateway.readBody(gateway.readHead());
                asked.incrementAndGet();
                end.play(gateway);
            });
            answers(ASK, 502, "agent_failed", "");
            assertThat(asked).hasValue(1);
        }
    }

    @Test
    void answerThatDoesNotSayWhereItEnds_502() throws Exception {
        agent.play(gateway -> {
            gateway.readBody(gateway.readHead());
            gateway.send("HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n{\"a\":");
            gateway.close();
        });
        answers(ASK, 502, "agent_failed", "without Content-Length or chunks");
    }

    @Test
    void silenceBetweenRequests_isNoIdleAnswer() throws Exception {
        agent.answerJson("{}");
        try (Wire client = client().post("/agents/pausing" + CHAT, ASK)) {
            client.readBody(client.readHead());
            int before = agent.accepted();
            assertThat(client.endsWithin(700)).isFalse(); // idle is 300 ms
            client.post("/agents/pausing" + CHAT, ASK).readHead();
            assertThat(agent.accepted()).isEqualTo(before);
        }
    }

    @Test
    void agentThatSpeaksNoHttp_502() throws Exception {
        agent.play(gateway -> {
            gateway.readBody(gateway.readHead());
            gateway.send("what?\r\n\r\n");
            gateway.endsWithin(1000);
        });
        answers(ASK, 502, "agent_failed", "");
    }

    @Test
    void interimAnswerThatCannotBeRead_502() throws Exception {
        agent.play(gateway -> {
            gateway.readBody(gateway.readHead());
            gateway.send("HTTP/1.1 103 Early Hints\r\nLink: <" + "x".repeat(20_000) + ">\r\n\r\n");
            gateway.endsWithin(1000);
        });
        answers(ASK, 502, "agent_failed", "");
    }

    @Test
    void answerThatBreaksOffBeforeItsFirstByte_502() throws Exception {
        agent.play(gateway -> {
            gateway.readBody(gateway.readHead());
            gateway.send("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 10\r\n\r\n");
            await().until(() -> held() == 0); // the gateway has the head
            gateway.close();
        });
        answers(ASK, 502, "stream_interrupted", "");
    }

    @Test
    void silentAgent_ofAStream_504_namesFirstByte() throws Exception {
        silent();
        answers(ASK_STREAM, 504, "timeout_first_byte", "router.agents.qa.timeouts.first-byte of 300 ms");
    }

    @Test
    void silentAgent_ofAWholeAnswer_504_namesTotal() throws Exception {
        silent();
        answers(ASK, 504, "timeout_total", "router.agents.qa.timeouts.total of 1 s");
    }

    @Test
    void slowUpload_countsForTheTotalLimit() throws Exception {
        silent();
        int half = ASK.length() / 2;
        try (Wire client = client().send(Wire.head("/agents/late" + CHAT, "Content-Length: " + ASK.length()))) {
            long sent = System.nanoTime();
            client.send(ASK.substring(0, half));
            Thread.sleep(1500); // the slow client
            client.send(ASK.substring(half));

            List<String> head = client.readHead();

            assertThat(head.getFirst()).contains(" 504 ");
            assertThat(Duration.ofNanos(System.nanoTime() - sent)).isLessThan(Duration.ofSeconds(3));
            assertThat(client.readBody(head)).asString().contains("\"timeout_total\"");
        }
    }

    @Test
    void silenceInMidStream_endsItWithAnErrorEvent_namesIdle_andLogsThatTheConnectionIsRead(CapturedOutput output)
            throws Exception {
        agent.play(gateway -> {
            gateway.readBody(gateway.readHead());
            gateway.send(EVENTS).chunk("data: 1\n\n");
            gateway.endsWithin(5000);
        });
        streams("pausing", "timeout_idle", "router.agents.pausing.timeouts.idle of 300 ms");
        assertThat(output)
                .containsPattern("an answer fell silent, \\d+ more pieces are asked for, the connection is read");
    }

    @Test
    void endlessStream_endsWithAnErrorEvent_namesTotal() throws Exception {
        agent.play(gateway -> {
            gateway.readBody(gateway.readHead());
            gateway.send(EVENTS);
            while (!gateway.endsWithin(20)) {
                gateway.chunk("data: 1\n\n");
            }
        });
        streams("endless", "timeout_total", "router.agents.endless.timeouts.total of 2 s");
    }

    @Test
    void connectThatTakesTooLong_504_namesConnect() throws Exception {
        try (Wire client = client().post("/agents/deaf" + CHAT, ASK)) {
            List<String> head = client.readHead();
            assertThat(head.getFirst()).contains(" 504 ");
            assertThat(Wire.header(head, "X-Should-Retry")).isEqualTo("true");
            assertThat(client.readBody(head))
                    .asString()
                    .contains("\"timeout_connect\"", "router.agents.deaf.timeouts.connect of 200 ms");
        }
    }

    @Test
    void refusalOfTheAgent_isTheGatewaysOwn_whereTheClientDoesNotWait() throws Exception {
        agent.play(gateway -> {
            gateway.readBody(gateway.readHead());
            gateway.send("HTTP/1.1 503 Busy\r\nX-Agent-Refused: busy\r\nRetry-After: 7\r\nContent-Length: 2\r\n\r\n{}");
        });
        try (Wire client = client().post(CHAT, ASK, "Prefer: wait=0")) {
            assertThat(client.readHead())
                    .contains("X-Should-Retry: true")
                    .anyMatch(line -> line.startsWith("Retry-After"));
        }
    }

    @Test
    void errorOfTheAgent_isNotToBeSentAgain() throws Exception {
        agent.play(gateway -> {
            gateway.readBody(gateway.readHead());
            gateway.send("HTTP/1.1 500 Oh\r\nContent-Length: 2\r\n\r\n{}");
        });
        try (Wire client = client().post(CHAT, ASK)) {
            assertThat(client.readHead()).contains("X-Should-Retry: false");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"503 No", "529 Overloaded"})
    void errorOfTheAgentWithoutABody_comesAsItIs_andIsOneLineOfTheLog(String status, CapturedOutput output)
            throws Exception {
        agent.play(gateway -> {
            gateway.readBody(gateway.readHead());
            gateway.send("HTTP/1.1 " + status + "\r\nX-Agent-Fault: false\r\nContent-Length: 0\r\n\r\n");
        });
        try (Wire client = client().post("/agents/late" + CHAT, ASK, "X-Request-Id: empty")) {
            List<String> head = client.readHead();
            assertThat(head.getFirst()).isEqualTo("HTTP/1.1 " + status);
            assertThat(head).contains("X-Request-Id: empty");
            assertThat(client.readBody(head)).isEmpty();
        }
        await().until(() -> LogTest.line(output, "empty").isPresent());
        assertThat(output).doesNotContain("\"invalid_request\"");
    }

    @Test
    void otherMethod_405_withAllow() throws Exception {
        try (Wire client = client().send("GET " + CHAT + " HTTP/1.1\r\nHost: g\r\n\r\n")) {
            assertThat(client.readHead().toString()).contains(" 405 ", "Allow: POST");
        }
    }

    private void silent() {
        agent.play(gateway -> {
            gateway.readBody(gateway.readHead());
            gateway.endsWithin(5000);
        });
    }

    private void answers(String ask, int status, String code, String detail) throws Exception {
        try (Wire client = client().post(CHAT, ask)) {
            List<String> head = client.readHead();
            assertThat(head.getFirst()).contains(" " + status + " ");
            assertThat(Wire.header(head, "X-Should-Retry")).isEqualTo("false");
            assertThat(Wire.header(head, "Content-Type")).isEqualTo("application/problem+json");
            byte[] body = client.readBody(head);
            assertThat(body).asString().contains("\"" + code + "\"", detail);
            isDescribed(head, body);
        }
    }

    private void streams(String type, String code, String detail) throws Exception {
        try (Wire client = client().post("/agents/" + type + CHAT, ASK_STREAM)) {
            assertThat(client.readBody(client.readHead()))
                    .asString()
                    .startsWith("data: 1\n\n")
                    .contains("\n\ndata: {\"error\":", "\"" + code + "\"", detail)
                    .endsWith("\n\n");
        }
    }
}
