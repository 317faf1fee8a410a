package io.agentrouter.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentrouter.gateway.route.ScriptedAgent.Script;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

class StreamTest extends RouteFixture {

    private static final String JSON = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";

    @Test
    void head_comesBeforeTheFirstEvent_andEachPieceAtOnce() throws Exception {
        var seen = new Semaphore(0);
        agent.play(asked(gateway -> {
            gateway.send(EVENTS);
            for (String piece : List.of("da", "ta: 1\n", "\n: \n\n", "data: [DONE]\n\n")) {
                seen.acquire();
                gateway.chunk(piece);
            }
            seen.acquire();
            gateway.lastChunk();
        }));
        try (Wire client = client().post(CHAT, ASK_STREAM)) {
            assertThat(client.readHead()).anyMatch(line -> line.equalsIgnoreCase("content-type: text/event-stream"));
            for (String piece : List.of("da", "ta: 1\n", "\n: \n\n", "data: [DONE]\n\n")) {
                seen.release();
                assertThat(client.readChunk()).asString().isEqualTo(piece);
            }
            seen.release();
            assertThat(client.readChunk()).isEmpty();
        }
    }

    @Test
    void agentThatDiesInMidStream_endsItWithAnErrorEvent_afterAClosedHalfEvent() throws Exception {
        var seen = new Semaphore(0);
        agent.play(asked(gateway -> {
            gateway.send(EVENTS).chunk("data: {\"half");
            seen.acquire();
            gateway.reset();
        }));
        try (Wire client = client().post(CHAT, ASK_STREAM)) {
            List<String> head = client.readHead();
            assertThat(client.readChunk()).asString().isEqualTo("data: {\"half");
            seen.release();
            assertThat(client.readBody(head))
                    .asString()
                    .startsWith("\n\ndata: {\"error\":{")
                    .contains("\"code\":\"stream_interrupted\"", "\"type\":\"server_error\"", "\"param\":null")
                    .endsWith("}}\n\n");
        }
    }

    @Test
    void eventStreamWithALength_thatBreaksOff_stillEndsWithAnErrorEvent() throws Exception {
        agent.play(asked(gateway -> {
            gateway.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 1000\r\n\r\n: \n\n");
            gateway.close();
        }));
        try (Wire client = client().post(CHAT, ASK_STREAM)) {
            assertThat(client.readBody(client.readHead())).asString().contains("stream_interrupted");
        }
    }

    @Test
    void jsonCutShort_isNeverEndedCleanly() throws Exception {
        for (String framing : List.of(
                "Content-Length: 100000\r\n\r\n{\"a\":", "Transfer-Encoding: chunked\r\n\r\n5\r\n{\"a\":\r\n")) {
            var seen = new Semaphore(0);
            agent.play(asked(gateway -> {
                gateway.send(JSON + framing);
                seen.acquire();
                gateway.close();
            }));
            try (Wire client = client().post(CHAT, ASK)) {
                client.readHead();
                seen.release();
                assertThatThrownBy(client::readToEnd).isInstanceOf(IOException.class);
            }
        }
    }

    @Test
    void smallJsonCutShort_isAnsweredWithWhatHappened() throws Exception {
        agent.play(asked(gateway -> {
            gateway.send(JSON + "X-Of: agent\r\nContent-Length: 1000\r\n\r\n{\"a\":");
            gateway.close();
        }));
        try (Wire client = client().post(CHAT, ASK)) {
            List<String> head = client.readHead();
            byte[] body = client.readBody(head);
            assertThat(head.getFirst()).contains(" 502 ");
            assertThat(head).doesNotContain("X-Of: agent");
            assertThat(body).asString().contains("\"stream_interrupted\"");
            isDescribed(head, body);
        }
    }

    @Test
    void jsonCutShort_isNoCleanEndForAnHttp10Client() throws Exception {
        var seen = new Semaphore(0);
        agent.play(asked(gateway -> {
            gateway.send(JSON + "Transfer-Encoding: chunked\r\n\r\n").chunk("{\"a\":");
            seen.acquire();
            gateway.close();
        }));
        try (Wire client =
                client().send("POST " + CHAT + " HTTP/1.0\r\nContent-Length: " + ASK.length() + "\r\n\r\n" + ASK)) {
            client.readHead();
            seen.release();
            assertThatThrownBy(client::readToEnd).isInstanceOf(IOException.class);
        }
    }

    @Test
    void compressedEventStream_thatBreaksOff_isAborted() throws Exception {
        var seen = new Semaphore(0);
        agent.play(asked(gateway -> {
            gateway.send(EVENTS.replace("\r\n\r\n", "\r\nContent-Encoding: gzip\r\n\r\n"))
                    .chunk("xx");
            seen.acquire();
            gateway.close();
        }));
        try (Wire client = client().post(CHAT, ASK_STREAM)) {
            List<String> head = client.readHead();
            seen.release();
            assertThatThrownBy(() -> client.readBody(head)).isInstanceOf(IOException.class);
        }
    }

    private static Script asked(Script answer) {
        return gateway -> {
            gateway.readBody(gateway.readHead());
            answer.play(gateway);
        };
    }
}
