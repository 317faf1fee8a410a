package io.agentrouter.gateway.route;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForwardTest extends RouteFixture {

    @Test
    void jsonAnswer_comesAsItIs() throws Exception {
        agent.answerJson("{\"odd\" :  1 }");
        try (Wire client = client().post(CHAT, ASK)) {
            List<String> head = client.readHead();
            assertThat(head.getFirst()).isEqualTo("HTTP/1.1 200 OK");
            assertThat(Wire.header(head, "X-Agent-Type")).isEqualTo("qa");
            assertThat(client.readBody(head)).asString().isEqualTo("{\"odd\" :  1 }");
        }
    }

    @Test
    void connection_servesManyRequests() throws Exception {
        agent.answerJson("{}");
        int before = agent.accepted();
        try (Wire client = client()) {
            for (int i = 0; i < 20; i++) {
                List<String> head = client.post(CHAT, ASK).readHead();
                assertThat(client.readBody(head)).asString().isEqualTo("{}");
            }
        }
        assertThat(agent.accepted() - before).isLessThanOrEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100})
    void interimAnswers_endAtTheGateway_andTheConnectionServesOn(int millisUntilTheAnswer) throws Exception {
        agent.play(gateway -> {
            gateway.readBody(gateway.readHead());
            gateway.send("HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n");
            Thread.sleep(millisUntilTheAnswer); // the agent has more to do
            ScriptedAgent.sendJson(gateway, "{}");
        });
        int before = agent.accepted();
        try (Wire client = client()) {
            for (int i = 0; i < 4; i++) {
                List<String> head = client.post(CHAT, ASK).readHead();
                assertThat(head.getFirst()).isEqualTo("HTTP/1.1 200 OK");
                assertThat(Wire.header(head, "Link")).isNull();
                assertThat(client.readBody(head)).asString().isEqualTo("{}");
            }
        }
        assertThat(agent.accepted() - before).isLessThanOrEqualTo(2);
    }

    @Test
    void hopAndIdentityHeaders_endAtTheGateway_othersPassAsTheyAre() throws Exception {
        List<String> seen = seenByAgent(
                "Connection: X-Mine, keep-alive",
                "X-Mine: 1",
                "Keep-Alive: timeout=5",
                "TE: trailers",
                "Authorization: Bearer secret",
                "Cookie: a=b",
                "x-agent-tenant: root",
                "x-agent-timeout: 9999",
                "X-Auth-Request-Email: a@b",
                "X-Authenticated-User: a",
                "Proxy-Authorization: Basic secret",
                "X-Forwarded-User: a",
                "X-Forwarded-Email: a",
                "X-Forwarded-Groups: a",
                "X-Forwarded-Preferred-Username: a",
                "X-Remote-User: a",
                "Remote-User: a",
                "X-Forwarded-For: 192.0.2.9",
                "X-Odd: caf\u00e9 \u00ff",
                "X-Many: 1",
                "X-Many: 2",
                "X-Empty:");
        assertThat(seen)
                .contains("X-Odd: caf\u00e9 \u00ff", "X-Many: 1", "X-Many: 2", "X-Empty: ", "X-Agent-Type: qa")
                .contains("X-Agent-Tenant: anonymous", "content-length: " + ASK.length())
                .noneMatch(line -> line.matches("(?i)(x-mine|keep-alive|te|authorization|cookie|transfer-encoding):.*"))
                .contains("X-Forwarded-For: 192.0.2.9")
                .filteredOn(line -> line.regionMatches(true, 0, "x-agent-timeout", 0, 15))
                .singleElement()
                .asString()
                .matches("X-Agent-Timeout: (29\\d|300)");
        assertThat(seen)
                .noneMatch(line -> line.matches("(?i)(x-auth.*|proxy-auth.*|x-forwarded-[^f].*|(x-)?remote-user):.*"))
                .noneMatch(line -> line.matches("(?i).*(root|secret).*"));
    }

    @Test
    void hopHeadersOfTheAnswer_endAtTheGateway() throws Exception {
        agent.play(gateway -> {
            gateway.readBody(gateway.readHead());
            gateway.send("HTTP/1.1 200 OK\r\nConnection: X-Mine\r\nX-Mine: 1\r\nKeep-Alive: timeout=5\r\n"
                    + "X-Yours: 1\r\nX-Request-Id: another\r\nContent-Length: 2\r\n\r\n{}");
        });
        try (Wire client = client().post(CHAT, ASK, "X-Request-Id: mine")) {
            assertThat(client.readHead())
                    .contains("X-Yours: 1", "X-Request-Id: mine")
                    .noneMatch(line -> line.matches("(?i)(x-mine|keep-alive):.*|.*another"));
        }
    }

    @Test
    void requestIdAndTraceparent_keptOrMade_sentOnAndReturned() throws Exception {
        String trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00";
        assertThat(seenByAgent("X-Request-Id: a.b-c_1", "traceparent: " + trace, "tracestate: x=1"))
                .contains("X-Request-Id: a.b-c_1", "traceparent: " + trace, "tracestate: x=1");
        List<String> made = seenByAgent("X-Request-Id: not valid", "traceparent: 00-0-0-00", "tracestate: x=1");
        assertThat(Wire.header(made, "X-Request-Id")).matches("[0-9a-f]{32}");
        assertThat(Wire.header(made, "traceparent")).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01");
        assertThat(Wire.header(made, "tracestate")).isNull();
        try (Wire client = client().post(CHAT, "no json", "X-Request-Id: of-an-error", "traceparent: " + trace)) {
            assertThat(client.readHead()).contains("X-Request-Id: of-an-error", "traceparent: " + trace);
        }
    }

    @Test
    void largeBodies_passBothWaysByteForByte() throws Exception {
        byte[] large = new byte[900_000];
        new java.util.Random(1).nextBytes(large);
        var arrived = new CompletableFuture<byte[]>();
        agent.play(gateway -> {
            arrived.complete(gateway.readBody(gateway.readHead()));
            gateway.send("HTTP/1.1 200 OK\r\nContent-Length: " + large.length + "\r\n\r\n")
                    .send(large);
        });
        try (Wire client = client().send(Wire.head("/agents/qa/v1/chat/completions", "Content-Length: 900000"))) {
            client.send(large);
            assertThat(client.readBody(client.readHead())).isEqualTo(large);
        }
        assertThat(arrived.get()).isEqualTo(large);
    }

    @Test
    void chunkedBodies_passWhole_smallAndLarge() throws Exception {
        for (int chunks : new int[] {2, 200}) {
            var arrived = new CompletableFuture<String>();
            agent.play(gateway -> {
                arrived.complete(new String(gateway.readBody(gateway.readHead()), ISO_8859_1));
                gateway.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
            });
            StringBuilder whole = new StringBuilder("{\"a\":\"");
            try (Wire client = client().send(Wire.head(CHAT + "?agent-type=qa", "Transfer-Encoding: chunked"))) {
                client.chunk(whole.toString());
                for (int i = 0; i < chunks; i++) {
                    String part = Integer.toString(i % 10).repeat(3_000);
                    client.chunk(part);
                    whole.append(part);
                }
                client.chunk("\"}").lastChunk();
                whole.append("\"}");
                assertThat(client.readHead().getFirst()).isEqualTo("HTTP/1.1 200 OK");
            }
            assertThat(arrived.get()).isEqualTo(whole.toString());
        }
    }

    private List<String> seenByAgent(String... headers) throws Exception {
        var seen = new CompletableFuture<List<String>>();
        agent.play(gateway -> {
            List<String> head = gateway.readHead();
            gateway.readBody(head);
            gateway.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
            seen.complete(head);
        });
        try (Wire client = client().post(CHAT, ASK, headers)) {
            client.readHead();
            return seen.get();
        }
    }
}
