package io.agentrouter.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How much is held of all bodies together, and for how long. */
class HeldBodyTest extends BodyFixture {

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
}
