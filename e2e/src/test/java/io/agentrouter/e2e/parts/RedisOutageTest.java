package io.agentrouter.e2e.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agentrouter.e2e.system.Answer;
import io.agentrouter.e2e.system.Ask;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Redis ends under load and comes back: nobody notices but who names a conversation. */
@Tag("slow")
class RedisOutageTest {

    private static final Ask FIRST =
            Ask.of("qa", "How much memory is the first?").header("X-Conversation-Id", "outage");
    private static final Ask SECOND =
            Ask.of("qa", "How much memory is the second?").header("X-Conversation-Id", "outage");

    @Test
    void redisEndsAndComesBack_requestsWithoutAConversationAreAnsweredThroughout_andTheOthersAgain() throws Exception {
        try (Parts parts = Parts.start(Map.of());
                Load load = new Load(parts, parts::gateway)) {
            load.awaitMoreAnswers();
            assertThat(parts.client().ask(FIRST).status()).isEqualTo(200);

            parts.stopRedis();
            load.awaitMoreAnswers();
            Answer refused = parts.client().ask(SECOND);
            assertThat(refused.status()).as(refused.toString()).isEqualTo(503);
            assertThat(refused.json().at("/error/code").asString()).isEqualTo("conversation_unavailable");
            assertThat(parts.gateway().status("/readyz")).isEqualTo(200);

            parts.restartRedis();
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> parts.client().ask(FIRST).status() == 200);
            assertThat(parts.client().ask(SECOND).status()).isEqualTo(200);
            assertThat(parts.model().calls())
                    .anySatisfy(call -> assertThat(String.join("\n", call.userMessages()))
                            .containsSubsequence("memory is the first?", "memory is the second?"));
            load.awaitMoreAnswers();
            load.end();
        }
    }
}
