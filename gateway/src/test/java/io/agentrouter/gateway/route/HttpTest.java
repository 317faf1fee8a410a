package io.agentrouter.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients do with HTTP, down to the bytes. */
class HttpTest extends RouteFixture {

    @Override
    String[] properties() {
        return with("router.clients.pipelined-size=20KB");
    }

    @BeforeEach
    void answer() {
        agent.answerJson("{}");
    }

    @Test
    void expect100_isToldToContinue_andAnswered_andNotHandedOn() throws Exception {
        var asked = new CompletableFuture<List<String>>();
        agent.play(gateway -> {
            List<String> head = gateway.readHead();
            asked.complete(head);
            gateway.readBody(head);
            ScriptedAgent.sendJson(gateway, "{}");
        });
        try (Wire client = client().send(Wire.head(CHAT, "Content-Length: " + ASK.length(), "Expect: 100-continue"))) {
            assertThat(client.readHead().getFirst()).isEqualTo("HTTP/1.1 100 Continue");
            client.send(ASK);
            answered(client);
            answered(client.post(CHAT, ASK));
        }
        assertThat(Wire.header(asked.get(), "Expect")).isNull();
    }

    @Test
    void expect100_ofWhatIsRefused_isNotToldToContinue() throws Exception {
        try (Wire client =
                client().send(Wire.head("/agents/qa" + CHAT, "Content-Length: 2000000", "Expect: 100-continue"))) {
            assertThat(client.readHead().getFirst()).contains(" 413 ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {CHAT, "/agents/qa" + CHAT, "/v1/chat/completion%73", "/agents/qa/v1/chat/completion%73"})
    void pathOfAgents_howeverItIsSpelled_isAnswered(String path) throws Exception {
        try (Wire client = client().post(path, ASK)) {
            answered(client);
        }
    }

    @Test
    void http10_isAnswered_andClosed() throws Exception {
        try (Wire client =
                client().send("POST " + CHAT + " HTTP/1.0\r\nContent-Length: " + ASK.length() + "\r\n\r\n" + ASK)) {
            answered(client);
            assertThat(client.readToEnd()).isEmpty();
        }
    }

    @Test
    void http10_readsAStreamToItsEnd() throws Exception {
        agent.play(gateway -> {
            gateway.readBody(gateway.readHead());
            gateway.send(EVENTS).chunk("data: 1\n\n").chunk("data: [DONE]\n\n").lastChunk();
        });
        try (Wire client = client().send("POST " + CHAT + " HTTP/1.0\r\nContent-Length: " + ASK_STREAM.length()
                + "\r\n\r\n" + ASK_STREAM)) {
            assertThat(client.readHead())
                    .noneMatch(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith("transfer-encoding"));
            assertThat(client.readToEnd()).asString().isEqualTo("data: 1\n\ndata: [DONE]\n\n");
        }
    }

    @Test
    void connectionClose_isAnswered_andClosed() throws Exception {
        try (Wire client = client().post(CHAT, ASK, "Connection: close")) {
            answered(client);
            assertThat(client.readToEnd()).isEmpty();
        }
    }

    @Test
    void pipelinedRequests_areAnsweredInOrder() throws Exception {
        try (Wire client = client()) {
            for (int i = 0; i < 5; i++) {
                client.post(CHAT, ASK, "X-Request-Id: n" + i);
            }
            for (int i = 0; i < 5; i++) {
                List<String> head = client.readHead();
                assertThat(Wire.header(head, "X-Request-Id")).isEqualTo("n" + i);
                assertThat(client.readBody(head)).asString().isEqualTo("{}");
            }
        }
    }

    @Test
    void pipelinedRequestsWithoutEnd_areCutOff_andEndTheAgentsWork() throws Exception {
        CompletableFuture<Void> asked = unanswered();
        try (Wire client = client().post(CHAT, ASK)) {
            asked.get();
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 100_000; i++) {
                            client.post(CHAT, ASK);
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
        await().atMost(Duration.ofSeconds(5)).until(() -> active() == 0 && agent.open() == 0);
    }

    @Test
    void secondRequest_largerThanMayWait_isCutOff() throws Exception {
        CompletableFuture<Void> asked = unanswered();
        try (Wire client = client().post(CHAT, ASK)) {
            asked.get();
            client.send(Wire.head(CHAT, "Content-Length: 1000000")).send(" ".repeat(40_000));
            assertThat(client.endsWithin(5_000)).isTrue();
        }
    }

    @Test
    void secondRequest_inMorePiecesThanTheServerHolds_isCutOff() throws Exception {
        CompletableFuture<Void> asked = unanswered();
        try (Wire client = client().post(CHAT, ASK)) {
            asked.get();
            // At once: a later one would be sent to a connection that is cut off.
            client.send(Wire.head(CHAT, "Transfer-Encoding: chunked") + "1\r\n \r\n".repeat(40));
            assertThat(client.endsWithin(5_000)).isTrue();
        }
    }

    @Test
    void clientThatStaysAFewRequestsAhead_isServedOn() throws Exception {
        var go = new Semaphore(0);
        agent.play(gateway -> {
            gateway.readBody(gateway.readHead());
            go.acquire();
            gateway.send("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}");
        });
        try (Wire client = client()) {
            for (int i = 0; i < 5; i++) {
                client.post(CHAT, ASK);
            }
            for (int i = 0; i < 95; i++) {
                client.post(CHAT, ASK);
                go.release();
                answered(client);
            }
            go.release(5);
            for (int i = 0; i < 5; i++) {
                answered(client);
            }
        }
    }

    @Test
    void secondRequest_behindAStream_waits() throws Exception {
        var go = new Semaphore(0);
        agent.play(gateway -> {
            gateway.readBody(gateway.readHead());
            gateway.send(EVENTS);
            go.acquire();
            gateway.chunk("data: 1\n\n").lastChunk();
        });
        try (Wire client = client().post(CHAT, ASK_STREAM)) {
            client.readHead();
            client.post(CHAT, ASK_STREAM);
            go.release(2);
            assertThat(client.readChunk()).asString().isEqualTo("data: 1\n\n");
            assertThat(client.readChunk()).isEmpty();
            assertThat(client.readHead().getFirst()).contains(" 200 ");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /v1/chat/completions HTTP/1.1\r\nHost: g\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{} ",
                "POST /v1/chat/completions HTTP/1.1\r\nHost: g\r\nContent-Length: 2, 3\r\n\r\n{} ",
                "POST /v1/chat/completions HTTP/1.1\r\nHost: g\r\nContent-Length: -1\r\n\r\n{}",
                "POST /v1/chat/completions HTTP/1.1\r\nHost: g\r\nContent-Length: +2\r\n\r\n{}",
                "POST /v1/chat/completions HTTP/1.1\r\nHost: g\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "POST /v1/chat/completions HTTP/1.1\r\nHost: g\r\nTransfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n",
                "POST /v1/chat/completions HTTP/1.1\r\nHost: g\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
                "POST /v1/chat/completions HTTP/1.1\r\nHost: g\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
                "POST /v1/chat/completions HTTP/1.1\r\nHost: g\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
                "POST /v1/chat/completions HTTP/1.1\r\nHost: g\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
                "POST /v1/chat/completions?a={b} HTTP/1.1\r\nHost: g\r\nContent-Length: 2\r\n\r\n{}",
                "GET /a\\b HTTP/1.1\r\nHost: g\r\n\r\n",
                "what is this?\r\n\r\n",
            })
    void whatIsNotValidHttp_400_withTheErrorBody_andTheEnd(String request) throws Exception {
        int before = agent.accepted();
        try (Wire client = client().send(request)) {
            List<String> head = client.readHead();
            assertThat(head.getFirst()).contains(" 400 ");
            assertThat(Wire.header(head, "X-Request-Id")).matches("[0-9a-f]{32}");
            byte[] body = client.readBody(head);
            assertThat(body).asString().contains("\"error\":{\"message\":");
            isDescribed(head, body);
        }
        assertThat(agent.accepted()).isEqualTo(before);
    }

    @Test
    void overlongHeadersAndUris_areRefused() throws Exception {
        for (var request : List.of(
                "GET /livez HTTP/1.1\r\nHost: g\r\nX: " + "x".repeat(100_000) + "\r\n\r\n",
                "GET /" + "x".repeat(100_000) + " HTTP/1.1\r\nHost: g\r\n\r\n")) {
            try (Wire client = client().send(request)) {
                List<String> head = client.readHead();
                assertThat(head.getFirst()).containsAnyOf(" 431 ", " 414 ");
                byte[] body = client.readBody(head);
                assertThat(body).asString().contains("\"error\":{\"message\":");
                isDescribed(head, body);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /v1/chat/completions?agent-type=qa                       |                    | 200
            /v1/chat/completions?agent%2Dtype=q%61                   |                    | 200
            /agents/q%61/v1/chat/completions                         |                    | 200
            /v1/chat/completions                                     | X-Agent-Type:  qa  | 200
            /agents/qa/v1/chat/completions?agent-type=qa             | x-agent-type: qa   | 200
            /agents/qa/v1/chat/completions                           | X-Agent-Type: coding | agent_type_conflict
            /%61gents/qa/v1/chat/completions                         | X-Agent-Type: qa   | 200
            /%61gents/coding/v1/chat/completions                     | X-Agent-Type: qa   | agent_type_conflict
            /agents;x/coding/v1/chat/completions                     | X-Agent-Type: qa   | agent_type_conflict
            /a%67ents;x=/y/v1/chat/completions                       | X-Agent-Type: qa   | agent_type_conflict
            /v1/chat/completions?agent-type=qa&agent-type=qa         |                    | agent_type_invalid
            /v1/chat/completions?agent-type=qa&agent%2Dtype=qa       |                    | agent_type_invalid
            /v1/chat/completions?agent-type=                         |                    | agent_type_invalid
            /v1/chat/completions?agent-type                          |                    | agent_type_invalid
            /v1/chat/completions                                     | X-Agent-Type:      | agent_type_invalid
            /v1/chat/completions                                     | X-Agent-Type: qa,qa | agent_type_invalid
            /agents/q%2561/v1/chat/completions                       |                    | agent_type_unknown
            /agents/qa%2Fv1/v1/chat/completions                      |                    | agent_type_unknown
            /agents/QA/v1/chat/completions                           |                    | agent_type_unknown
            /v1/chat/completions?agent-type=nobody                   |                    | agent_type_unknown
            /agents//v1/chat/completions                             |                    | not_found
            //agents/coding/v1/chat/completions                      | X-Agent-Type: qa   | not_found
            /x/../agents/coding/v1/chat/completions                  | X-Agent-Type: qa   | not_found
            /%2561gents/coding/v1/chat/completions                   | X-Agent-Type: qa   | not_found
            /agents/qa/v1/chat/completions/x                         |                    | not_found
            """)
    void typeInPathQueryAndHeader(String target, String header, String outcome) throws Exception {
        try (Wire client = header == null ? client().post(target, "{}") : client().post(target, "{}", header)) {
            List<String> head = client.readHead();
            String body = new String(client.readBody(head), java.nio.charset.StandardCharsets.UTF_8);
            if (outcome.equals("200")) {
                assertThat(head.getFirst()).contains(" 200 ");
            } else {
                assertThat(body).contains("\"code\":\"" + outcome + "\"");
                isDescribed(head, body.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            }
            if (outcome.equals("agent_type_unknown")) {
                assertThat(body).contains("there are coding, qa.");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD"})
    void otherMethod_405_withAllow(String method) throws Exception {
        for (String target : List.of(CHAT, "/agents/qa" + CHAT)) {
            try (Wire client = client().send(method + " " + target + " HTTP/1.1\r\nHost: g\r\n\r\n")) {
                assertThat(client.readHead().toString()).contains(" 405 ", "Allow: POST");
            }
        }
    }

    @Test
    void preflight_405_inTheErrorBody() throws Exception {
        String asked = "Origin: https://page.example\r\nAccess-Control-Request-Method: POST\r\n";
        try (Wire client = client().send("OPTIONS " + CHAT + " HTTP/1.1\r\nHost: g\r\n" + asked + "\r\n")) {
            List<String> head = client.readHead();
            assertThat(head.toString()).contains(" 405 ", "Allow: POST");
            isDescribed(head, client.readBody(head));
        }
    }

    @Test
    void otherContentTypes_passToTheAgent_whichDecides() throws Exception {
        var seen = new CompletableFuture<List<String>>();
        agent.play(gateway -> {
            List<String> head = gateway.readHead();
            seen.complete(head);
            gateway.readBody(head);
            gateway.send("HTTP/1.1 415 No\r\nContent-Length: 2\r\n\r\n{}");
        });
        String type = "Content-Type: application/x-www-form-urlencoded";
        try (Wire client = client().send(
                        Wire.head(CHAT, "Content-Length: " + ASK.length()).replaceFirst("Content-Type: .*", type)
                                + ASK)) {
            assertThat(client.readHead().getFirst()).contains(" 415 ");
        }
        assertThat(seen.get()).contains(type);
    }

    /** An agent that does not answer; completes when it has a request. */
    private CompletableFuture<Void> unanswered() {
        var asked = new CompletableFuture<Void>();
        agent.play(gateway -> {
            gateway.readBody(gateway.readHead());
            asked.complete(null);
            gateway.endsWithin(20_000);
        });
        return asked;
    }

    private static void answered(Wire client) throws IOException {
        List<String> head = client.readHead();
        assertThat(head.getFirst()).contains(" 200 ");
        assertThat(client.readBody(head)).asString().isEqualTo("{}");
    }
}
