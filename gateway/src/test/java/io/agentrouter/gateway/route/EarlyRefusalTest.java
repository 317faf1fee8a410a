package io.agentrouter.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A refusal that comes while the client still sends: it reads the answer and not a reset, and cannot send for ever. */
class EarlyRefusalTest extends RouteFixture {

    private static final int SENT = 1_500_000;

    @Override
    String[] properties() {
        return with(
                "router.max-buffered=1KB",
                "router.max-buffered-sum=1KB",
                "router.clients.linger-size=2MB",
                "router.clients.linger-time=2s",
                "router.clients.body-timeout=3s",
                "router.agents.qa.max-body=1MB",
                "router.agents.coding.uri=http://127.0.0.1:1");
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /agents/qa/v1/chat/completions,              413, payload_too_large",
        "POST, /agents/nobody/v1/chat/completions,          404, agent_type_unknown",
        "POST, /nowhere,                                    404, not_found",
        "PUT,  /agents/qa/v1/chat/completions,              405, method_not_allowed",
        "POST, /livez,                                      405, method_not_allowed",
        "POST, /v1/chat/completions,                        400, agent_type_in_large_body",
        "POST, /agents/qa/v1/chat/completions?agent-type=x, 400, agent_type_conflict",
        "POST, /agents/coding/v1/chat/completions,          503, agent_unreachable",
    })
    void clientThatSendsOn_readsTheAnswer_andThenTheEnd(String method, String target, int status, String code)
            throws Exception {
        String head = Wire.head(target, "Content-Length: " + SENT).replaceFirst("POST", method);
        try (Wire client = client().send(head)) {
            for (int i = 0; i < SENT / 10_000; i++) {
                client.send(new byte[10_000]);
            }
            reads(client, status, code);
        }
    }

    @Test
    void chunkedBody_thatProvesTooLarge_readsTheAnswer() throws Exception {
        try (Wire client = client().send(Wire.head("/agents/qa" + CHAT, "Transfer-Encoding: chunked"))) {
            agent.play(gateway -> gateway.readBody(gateway.readHead()));
            for (int i = 0; i < 120; i++) {
                client.chunk("x".repeat(10_000));
            }
            client.lastChunk();
            List<String> head = client.readHead();
            assertThat(head.getFirst()).contains(" 413 ");
            assertThat(client.readBody(head)).asString().contains("\"payload_too_large\"");
        }
    }

    @Test
    void fullBuffers_readsTheAnswer() throws Exception {
        try (Wire holder = client().send(Wire.head(CHAT, "Content-Length: 1000") + "{");
                Wire client = client()) {
            assertThat(holder.endsWithin(200)).isFalse();
            client.send(Wire.head(CHAT, "Content-Length: 1000")).send(new byte[900]);
            reads(client, 503, "buffers_full");
        }
    }

    @Test
    void heldBody_thatDoesNotArriveInTime_408_andIsGivenBack() throws Exception {
        try (Wire client = client().send(Wire.head(CHAT, "Content-Length: 1000") + "{")) {
            List<String> head = client.readHead();
            assertThat(head.getFirst()).contains(" 408 ");
            assertThat(head).contains("X-Should-Retry: true");
            assertThat(client.readBody(head)).asString().contains("\"request_timeout\"", "within 3 s");
            assertThat(held()).isZero();
        }
    }

    @Test
    void clientThatSendsWithoutEnd_isCutOff() throws Exception {
        try (Wire client = client().send(Wire.head("/nowhere", "Content-Length: 1000000000"))) {
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 10_000; i++) {
                            client.send(new byte[10_000]);
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void clientThatNeitherSendsNorLeaves_isCutOff() throws Exception {
        try (Wire client = client().send(Wire.head("/nowhere", "Content-Length: 1000") + "{")) {
            reads(client, 404, "not_found");
            long start = System.nanoTime();
            while (System.nanoTime() - start < 15_000_000_000L) {
                try {
                    client.send(" ");
                    Thread.sleep(100);
                } catch (IOException cut) {
                    return;
                }
            }
            throw new AssertionError("still open");
        }
    }

    private void reads(Wire client, int status, String code) throws Exception {
        List<String> head = client.readHead();
        assertThat(head.getFirst()).contains(" " + status + " ");
        assertThat(head).contains("connection: close");
        byte[] body = client.readBody(head);
        assertThat(body).asString().contains("\"" + code + "\"");
        isDescribed(head, body);
        assertThat(client.readToEnd()).isEmpty();
    }
}
