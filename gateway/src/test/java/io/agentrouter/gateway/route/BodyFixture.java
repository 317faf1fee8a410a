package io.agentrouter.gateway.route;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;

/** With max-buffered 4 KiB, 8 KiB in sum, and max-body 64 KiB of qa and 32 MiB of coding. */
abstract class BodyFixture extends RouteFixture {

    static final int HELD = 4096;

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

    /** A JSON object of this size that begins so, in the middle of a string. */
    static String sized(String start, int size) {
        return start + "x".repeat(size - start.length() - 2) + "\"}";
    }

    String arrives(String target, String body, boolean chunked) throws Exception {
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

    void refused(String target, String body, boolean chunked, int status, String code, String detail) throws Exception {
        try (Wire client = client()) {
            send(client, target, body, chunked);
            List<String> head = client.readHead();
            assertThat(head.getFirst()).contains(" " + status + " ");
            byte[] answer = client.readBody(head);
            assertThat(answer).asString().contains("\"" + code + "\"", detail);
            isDescribed(head, answer);
        }
    }

    static void send(Wire client, String target, String body, boolean chunked) throws Exception {
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
}
