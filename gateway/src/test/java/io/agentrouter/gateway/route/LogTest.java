package io.agentrouter.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agentrouter.gateway.route.ScriptedAgent.Script;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** One line for each request, and nothing of what it says. */
@ExtendWith(OutputCaptureExtension.class)
class LogTest extends RouteFixture {

    private static final String SECRET = "sw0rdf1sh";
    private static final String BODY = "{\"model\":\"qa\",\"messages\":\"" + SECRET + "\"}";

    @Override
    String[] properties() {
        return with(
                "router.agents.qa.timeouts.total=3s",
                "router.agents.qa.timeouts.idle=500ms",
                "router.agents.qa.timeouts.first-byte=3s",
                "router.agents.coding.uri=http://127.0.0.1:1");
    }

    @Test
    void answer(CapturedOutput output) throws Exception {
        agent.answerJson("{\"a\":\"" + SECRET + "\"}");
        ask(CHAT + "?q=" + SECRET, BODY, "answer");
        logs(output, "answer", "type=qa status=200 ms=\\d+ end=answered POST '/v1/chat/completions'");
    }

    @Test
    void refusals(CapturedOutput output) throws Exception {
        ask(CHAT, BODY + "}", "no-json");
        logs(output, "no-json", "type=- status=400 ms=\\d+ end=invalid_json POST .*");
        ask("/agents/coding" + CHAT, BODY, "away");
        logs(output, "away", "type=coding status=503 ms=\\d+ end=agent_unreachable POST .*");
        ask("/nowhere", BODY, "nowhere");
        logs(output, "nowhere", "type=- status=404 ms=\\d+ end=not_found POST '/nowhere'");
        try (Wire client = client().send("POST " + CHAT + " HTTP/1.1\r\nHost: g\r\nAuthorization: " + SECRET
                + "\r\nContent-Length: x\r\n\r\n" + BODY)) {
            String id = Wire.header(client.readHead(), "X-Request-Id");
            logs(output, id, "type=- status=400 end=invalid_request");
        }
    }

    @Test
    void failuresOfTheAgent(CapturedOutput output) throws Exception {
        agentSends(
                gateway -> gateway.send("HTTP/1.1 500 Oh\r\nContent-Length: " + SECRET.length() + "\r\n\r\n" + SECRET));
        ask(CHAT, BODY, "failed");
        logs(output, "failed", "type=qa status=500 ms=\\d+ end=answered POST .*");
        agentSends(gateway -> gateway.send(SECRET + "\r\n\r\n"));
        ask(CHAT, BODY, "garbage");
        logs(output, "garbage", "type=qa status=502 ms=\\d+ end=agent_failed POST .*");
        agentSends(gateway -> gateway.send(EVENTS).chunk("data: " + SECRET).close());
        ask(CHAT, BODY, "broken");
        logs(output, "broken", "type=qa status=200 ms=\\d+ end=stream_interrupted POST .*");
        agentSends(gateway -> gateway.send(EVENTS).chunk("data: " + SECRET).endsWithin(5000));
        ask(CHAT, BODY, "silent");
        logs(output, "silent", "type=qa status=200 ms=\\d+ end=timeout_idle POST .*");
    }

    @Test
    void clientThatLeavesAStream(CapturedOutput output) throws Exception {
        agentSends(gateway -> gateway.send(EVENTS).chunk("data: 1\n\n").endsWithin(20_000));
        try (Wire client = client().post(CHAT, BODY, "X-Request-Id: stream")) {
            client.readHead();
            client.readChunk();
        }
        logs(output, "stream", "type=qa status=200 ms=\\d+ end=client_left POST .*");
    }

    @Test
    void clientThatLeaves(CapturedOutput output) throws Exception {
        var begun = new CompletableFuture<Void>();
        agentSends(gateway -> {
            begun.complete(null);
            gateway.endsWithin(20_000);
        });
        try (Wire client = client().post(CHAT, BODY, "X-Request-Id: left")) {
            begun.get();
            client.reset();
        }
        logs(output, "left", "type=qa status=- ms=\\d+ end=client_left POST .*");
        try (Wire client = client().send(Wire.head(CHAT, "Content-Length: 1000", "X-Request-Id: unsent") + BODY)) {
            assertThat(client.endsWithin(100)).isFalse();
            client.reset();
        }
        logs(output, "unsent", "type=- status=- ms=\\d+ end=client_left POST .*");
    }

    private void agentSends(Script answer) {
        agent.play(gateway -> {
            gateway.readBody(gateway.readHead());
            answer.play(gateway);
            gateway.close();
        });
    }

    private void ask(String target, String body, String id) throws Exception {
        try (Wire client = client().post(
                        target,
                        body,
                        "X-Request-Id: " + id,
                        "Authorization: Bearer " + SECRET,
                        "Cookie: a=" + SECRET)) {
            client.readBody(client.readHead());
        }
    }

    private static void logs(CapturedOutput output, @Nullable String id, String line) {
        await().untilAsserted(() -> assertThat(output.getOut().lines().filter(text -> text.contains(" access ")))
                .filteredOn(text -> text.contains("request=" + id + " "))
                .singleElement()
                .asString()
                .matches(".*: request=" + id + " " + line));
        assertThat(output).doesNotContain(SECRET).doesNotContain("ERROR").doesNotContain("\tat ");
    }
}
