package io.agentrouter.gateway.route;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.security.MessageDigest;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The body rule, with max-buffered 4 KiB, 8 KiB in sum, and max-body 64 KiB of qa and 32 MiB of coding. */
class BodyTest extends RouteFixture {

    private static final int HELD = 4096;
    private static final int MAX = 65536;

    @Override
    String[] properties() {
        return with(
                "router.max-buffered=4KB",
                "router.max-buffered-sum=8KB",
                "router.agents.qa.max-body=64KB",
                "router.agents.coding.uri=" + agent.uri());
    }

    @AfterEach
    void nothingIsHeld() {
        await().untilAsserted(() -> assertThat(held()).isZero());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void bodyUpToMaxBuffered_mayNameItsType_largerMayNot(boolean chunked) throws Exception {
        for (int size : new int[] {HELD - 1, HELD}) {
            String body = sized("{\"model\":\"qa\",\"messages\":\"", size);
            assertThat(arrives(CHAT, body, chunked)).isEqualTo(body);
        }
        String larger = sized("{\"model\":\"qa\",\"messages\":\"", HELD + 1);
        refused(CHAT, larger, chunked, 400, "agent_type_in_large_body", "path, query or header");
        assertThat(arrives(CHAT + "?agent-type=qa", larger, chunked)).isEqualTo(larger);
        assertThat(arrives("/agents/qa" + CHAT, larger, chunked)).isEqualTo(larger);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"messages":[{"model":"x"}],"a":{"model":"y"},"model":"qa"} | 200
            {"model":"qa/gpt-4o","messages":[]}                         | 200
            {"messages":[{"model":"qa"}],"a":{"model":"qa"}}            | agent_type_missing
            {"model":"qa","messages":[],"model":"qa"}                   | agent_type_invalid
            {"model":"","messages":[]}                                  | agent_type_invalid
            {"model":7}                                                 | agent_type_invalid
            {"model":"QA"}                                              | agent_type_unknown
            {"model":"qa"                                               | invalid_json
            ["model","qa"]                                              | invalid_json
            {"model":"qa"} {}                                           | invalid_json
            not json                                                    | invalid_json
            """)
    void modelNamesTheType_atTheTopLevelOnly_once(String body, String outcome) throws Exception {
        if (outcome.equals("200")) {
            assertThat(arrives(CHAT, body, false)).isEqualTo(body);
        } else {
            refused(CHAT, body, false, outcome.endsWith("unknown") ? 404 : 400, outcome, "");
        }
    }

    @Test
    void emptyBody_isNoJson() throws Exception {
        refused(CHAT, "", false, 400, "invalid_json", "");
        refused("/agents/qa" + CHAT, "", true, 400, "invalid_json", "");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void largeBody_passesUnheld_firstBytesBeforeTheLastAreSent(boolean chunked) throws Exception {
        byte[] part = new byte[1 << 20];
        new Random(1).nextBytes(part);
        int parts = 20;
        MessageDigest sent = MessageDigest.getInstance("SHA-256");
        var begun = new CompletableFuture<Void>();
        var arrived = new CompletableFuture<byte[]>();
        agent.play(gateway -> {
            List<String> head = gateway.readHead();
            gateway.awaitsMore();
            begun.complete(null);
            byte[] body = gateway.readBody(head);
            gateway.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
            arrived.complete(MessageDigest.getInstance("SHA-256").digest(body));
        });
        String framing = chunked ? "Transfer-Encoding: chunked" : "Content-Length: " + parts * part.length;
        try (Wire client = client().send(Wire.head("/agents/coding" + CHAT, framing))) {
            for (int i = 0; i < parts; i++) {
                if (i == 1) {
                    begun.join();
                    assertThat(held()).isLessThanOrEqualTo(chunked ? HELD : 0);
                }
                send(client, part, chunked);
                sent.update(part);
            }
            if (chunked) {
                client.lastChunk();
            }
            assertThat(client.readHead().getFirst()).contains(" 200 ");
        }
        assertThat(arrived.get()).isEqualTo(sent.digest());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void bodyOfMaxBody_passes_oneByteMoreIsTooLarge(boolean chunked) throws Exception {
        String largest = sized("{\"messages\":\"", MAX);
        assertThat(arrives("/agents/qa" + CHAT, largest, chunked)).isEqualTo(largest);
        refused("/agents/qa" + CHAT, largest + " ", chunked, 413, "payload_too_large", "65536 bytes");
    }

    @Test
    void bodyThatProvesTooLarge_endsTheAgentsRequestUnfinished() throws Exception {
        var ended = new CompletableFuture<String>();
        agent.play(gateway -> {
            try {
                gateway.readBody(gateway.readHead());
                ended.complete("whole");
            } catch (java.io.IOException cut) {
                ended.complete("cut");
            }
        });
        String target = "/agents/qa" + CHAT;
        try (Wire client = client().send(Wire.head(target, "Transfer-Encoding: chunked"))) {
            for (int i = 0; i < 20; i++) {
                client.chunk("x".repeat(HELD));
            }
            List<String> head = client.readHead();
            assertThat(head.getFirst()).contains(" 413 ");
            assertThat(client.readBody(head)).asString().contains("payload_too_large");
            assertThat(ended.get()).isEqualTo("cut");
        }
    }

    @Test
    void boundInSum_refusesWhatIsBeyondIt_untilAClientLeaves() throws Exception {
        String body = sized("{\"model\":\"qa\",\"messages\":\"", HELD);
        try (Wire first = partOf(body);
                Wire second = partOf(body)) {
            await().until(() -> held() == 2 * HELD);
            try (Wire third = client().post(CHAT, body)) {
                List<String> head = third.readHead();
                assertThat(head.getFirst()).contains(" 503 ");
                assertThat(head).contains("Retry-After: 1", "X-Should-Retry: true");
                byte[] refusal = third.readBody(head);
                assertThat(refusal).asString().contains("\"buffers_full\"");
                isDescribed(head, refusal);
            }
            assertThat(held()).isEqualTo(2 * HELD);
            first.reset();
            await().until(() -> held() == HELD);
            assertThat(arrives(CHAT, body, false)).isEqualTo(body);
            assertThat(held()).isEqualTo(HELD);
            second.reset();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void bodyIsGivenBack_whenTheAnswerBegins(boolean chunked) throws Exception {
        var asked = new CompletableFuture<Void>();
        var answer = new CompletableFuture<Void>();
        agent.play(gateway -> {
            gateway.readBody(gateway.readHead());
            asked.complete(null);
            answer.join();
            gateway.send(EVENTS);
            gateway.endsWithin(20_000);
        });
        String body = sized("{\"messages\":\"", chunked ? 2 * HELD : HELD);
        try (Wire client = client()) {
            send(client, "/agents/qa" + CHAT, body, chunked);
            asked.join();
            assertThat(held()).isEqualTo(HELD);
            answer.complete(null);
            client.readHead();
            await().untilAsserted(() -> assertThat(held()).isZero());
        }
    }

    @Test
    void bodyIsGivenBack_whenTheClientLeavesBeforeTheAnswer_andWhenTheAgentFails() throws Exception {
        var asked = new CompletableFuture<Void>();
        agent.play(gateway -> {
            gateway.readBody(gateway.readHead());
            asked.complete(null);
            gateway.endsWithin(20_000);
        });
        try (Wire client = client().post(CHAT, ASK)) {
            asked.join();
            assertThat(held()).isEqualTo(ASK.length());
            client.reset();
        }
        await().until(() -> held() == 0);
        agent.play(Wire::reset);
        refused(CHAT, ASK, false, 502, "agent_failed", "");
    }

    private Wire partOf(String body) throws Exception {
        return client().send(Wire.head(CHAT, "Content-Length: " + body.length()) + body.substring(0, 100));
    }

    /** A JSON object of this size that begins so, in the middle of a string. */
    private static String sized(String start, int size) {
        return start + "x".repeat(size - start.length() - 2) + "\"}";
    }

    private String arrives(String target, String body, boolean chunked) throws Exception {
        var arrived = new CompletableFuture<String>();
        agent.play(gateway -> {
            arrived.complete(new String(gateway.readBody(gateway.readHead()), ISO_8859_1));
            gateway.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
        });
        try (Wire client = client()) {
            send(client, target, body, chunked);
            List<String> head = client.readHead();
            assertThat(head.getFirst()).contains(" 200 ");
            client.readBody(head);
            return arrived.get();
        }
    }

    private void refused(String target, String body, boolean chunked, int status, String code, String detail)
            throws Exception {
        try (Wire client = client()) {
            send(client, target, body, chunked);
            List<String> head = client.readHead();
            assertThat(head.getFirst()).contains(" " + status + " ");
            byte[] answer = client.readBody(head);
            assertThat(answer).asString().contains("\"" + code + "\"", detail);
            isDescribed(head, answer);
        }
    }

    private static void send(Wire client, String target, String body, boolean chunked) throws Exception {
        if (!chunked) {
            client.post(target, body);
            return;
        }
        client.send(Wire.head(target, "Transfer-Encoding: chunked"));
        int half = body.length() / 2;
        if (half > 0) {
            client.chunk(body.substring(0, half)).chunk(body.substring(half));
        }
        client.lastChunk();
    }

    private static void send(Wire client, byte[] part, boolean chunked) throws Exception {
        client.send(chunked ? Integer.toHexString(part.length) + "\r\n" : "")
                .send(part)
                .send(chunked ? "\r\n" : "");
    }
}
