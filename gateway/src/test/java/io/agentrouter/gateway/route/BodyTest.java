package io.agentrouter.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The body rule: which bodies may name their type, what passes, and what is too large. */
class BodyTest extends BodyFixture {

    private static final int MAX = 65536;

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
            ` \t{"model" : "qa" , "messages":[ ] } \n `                | 200
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

    private static void send(Wire client, byte[] part, boolean chunked) throws Exception {
        client.send(chunked ? Integer.toHexString(part.length) + "\r\n" : "")
                .send(part)
                .send(chunked ? "\r\n" : "");
    }
}
