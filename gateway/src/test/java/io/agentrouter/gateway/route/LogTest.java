package io.agentrouter.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agentrouter.gateway.route.ScriptedAgent.Script;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

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
        logs(output, "answer", "qa", 200, "answered");
        JsonNode line = line(output, "answer").orElseThrow();
        assertThat(Instant.parse(line.path("arrival").asString())).isBefore(Instant.now());
        assertThat(line.path("tenant").asString()).isEqualTo("anonymous");
        assertThat(line.path("pod").asString()).isEqualTo("qa");
        assertThat(line.path("method").asString()).isEqualTo("POST");
        assertThat(line.path("path").asString()).isEqualTo(CHAT);
        assertThat(line.path("wait_ms").asLong(-1)).isZero();
        assertThat(line.path("service_ms").asLong(-1))
                .isBetween(0L, line.path("ms").asLong());
    }

    @Test
    void listsOfAgents_areATenantsRequests_andTheDescriptionIsNobodys(CapturedOutput output) throws Exception {
        assertThat(tenantOf("/agents", output)).isEqualTo("anonymous");
        assertThat(tenantOf("/v1/models", output)).isEqualTo("anonymous");
        assertThat(tenantOf("/v1/models/qa", output)).isEqualTo("anonymous");
        assertThat(tenantOf("/openapi.json", output)).isNull();
    }

    private @Nullable String tenantOf(String path, CapturedOutput output) throws Exception {
        try (Wire client =
                client().send("GET " + path + " HTTP/1.1\r\nHost: g\r\nX-Request-Id: get" + path + "\r\n\r\n")) {
            String id = Wire.header(client.readHead(), "X-Request-Id");
            return await().until(() -> line(output, id), Optional::isPresent)
                    .orElseThrow()
                    .path("tenant")
                    .asString(null);
        }
    }

    @Test
    void refusals(CapturedOutput output) throws Exception {
        ask(CHAT, BODY + "}", "no-json");
        logs(output, "no-json", null, 400, "invalid_json");
        ask("/agents/coding" + CHAT, BODY, "away");
        logs(output, "away", "coding", 503, "agent_unreachable");
        ask("/nowhere", BODY, "nowhere");
        logs(output, "nowhere", null, 404, "not_found");
        try (Wire client = client().send("POST " + CHAT + " HTTP/1.1\r\nHost: g\r\nAuthorization: " + SECRET
                + "\r\nContent-Length: x\r\n\r\n" + BODY)) {
            String id = Wire.header(client.readHead(), "X-Request-Id");
            logs(output, id, null, 400, "invalid_request");
        }
    }

    @Test
    void failuresOfTheAgent(CapturedOutput output) throws Exception {
        agentSends(
                gateway -> gateway.send("HTTP/1.1 500 Oh\r\nContent-Length: " + SECRET.length() + "\r\n\r\n" + SECRET));
        ask(CHAT, BODY, "failed");
        logs(output, "failed", "qa", 500, "answered");
        agentSends(gateway -> gateway.send(SECRET + "\r\n\r\n"));
        ask(CHAT, BODY, "garbage");
        logs(output, "garbage", "qa", 502, "agent_failed");
        agentSends(gateway -> gateway.send(EVENTS).chunk("data: " + SECRET).close());
        ask(CHAT, BODY, "broken");
        logs(output, "broken", "qa", 200, "stream_interrupted");
        agentSends(gateway -> gateway.send(EVENTS).chunk("data: " + SECRET).endsWithin(5000));
        ask(CHAT, BODY, "silent");
        logs(output, "silent", "qa", 200, "timeout_idle");
    }

    @Test
    void clientsThatCloseOnceTheyHaveAll(CapturedOutput output) throws Exception {
        agent.answerJson("{}");
        for (int i = 0; i < 100; i++) {
            ask(CHAT, BODY, "all");
        }
        await().untilAsserted(() -> assertThat(lines(output, "all"))
                .hasSize(100)
                .allSatisfy(line -> assertThat(line.path("outcome").asString()).isEqualTo("answered")));
    }

    @Test
    void clientThatClosesAtTheLastEvent_beforeTheEnd(CapturedOutput output) throws Exception {
        agentSends(gateway -> gateway.send(EVENTS)
                .chunk("data: 1\n\n")
                .chunk("data: [DONE]\n\n")
                .endsWithin(20_000));
        try (Wire client = client().post(CHAT, BODY, "X-Request-Id: done")) {
            client.readHead();
            client.readChunk();
            client.readChunk();
        }
        logs(output, "done", "qa", 200, "answered");
    }

    @Test
    void clientThatLeavesAStream(CapturedOutput output) throws Exception {
        agentSends(gateway -> gateway.send(EVENTS).chunk("data: 1\n\n").endsWithin(20_000));
        try (Wire client = client().post(CHAT, BODY, "X-Request-Id: stream")) {
            client.readHead();
            client.readChunk();
        }
        logs(output, "stream", "qa", 200, "client_left");
    }

    @Test
    void clientsThatReset_asTheirAnswersAreWritten(CapturedOutput output) throws Exception {
        var answering = new Semaphore(0);
        agentSends(gateway -> {
            answering.release();
            gateway.send("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}");
        });
        for (int i = 0; i < 500; i++) {
            try (Wire client = client().post(CHAT, BODY, "X-Request-Id: reset")) {
                answering.acquire();
                client.reset();
            }
        }
        await().untilAsserted(() -> assertThat(lines(output, "reset"))
                .hasSize(500)
                .extracting(line -> line.path("outcome").asString())
                .containsOnly("answered", "client_left"));
        assertThat(output).doesNotContain("ERROR");
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
        logs(output, "left", "qa", null, "client_left");
        try (Wire client = client().send(Wire.head(CHAT, "Content-Length: 1000", "X-Request-Id: unsent") + BODY)) {
            assertThat(client.endsWithin(100)).isFalse();
            client.reset();
        }
        logs(output, "unsent", null, null, "client_left");
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

    private static void logs(
            CapturedOutput output,
            @Nullable String id,
            @Nullable String type,
            @Nullable Integer status,
            String outcome) {
        JsonNode line =
                await().until(() -> line(output, id), Optional::isPresent).orElseThrow();
        assertThat(line.path("type").asString(null)).isEqualTo(type);
        assertThat(
                        line.path("status").isMissingNode()
                                ? null
                                : line.path("status").asInt())
                .isEqualTo(status);
        assertThat(line.path("outcome").asString()).isEqualTo(outcome);
        assertThat(output).doesNotContain(SECRET).doesNotContain("ERROR").doesNotContain("\tat ");
    }

    /** What stands there of the one request with this id, once it has ended. */
    static Optional<JsonNode> line(CapturedOutput output, @Nullable String id) {
        List<JsonNode> lines = lines(output, id);
        assertThat(lines).hasSizeLessThan(2);
        return lines.stream().findFirst();
    }

    private static List<JsonNode> lines(CapturedOutput output, @Nullable String id) {
        return output.getOut()
                .lines()
                .filter(text -> text.startsWith("{\"arrival\":"))
                .map(JsonMapper.shared()::readTree)
                .filter(line -> line.path("request").asString().equals(id))
                .toList();
    }
}
