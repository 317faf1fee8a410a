package io.agentrouter.runtime.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agentrouter.runtime.testing.RedisServers;
import java.io.IOException;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import redis.embedded.RedisServer;

class HealthTest {

    private static RedisServer redis;
    private static Demo demo;

    @BeforeAll
    static void start() {
        redis = RedisServers.start();
        demo = Demo.start(
                "spring.data.redis.port=" + redis.ports().getFirst(),
                "model.api-key=",
                "agent.conversation.redis-wait=1s");
    }

    @AfterAll
    static void stop() throws IOException {
        demo.close();
        redis.stop();
    }

    @Test
    void agentWithoutAKey_isOkAndOffline() {
        HttpResponse<String> health =
                await().until(() -> Health.get(demo, "/health"), answer -> answer.statusCode() == 200);

        assertThat(health.body())
                .isEqualTo(
                        "{\"status\":\"ok\",\"checks\":{\"drain\":\"ok\",\"redis\":\"ok\"},\"modes\":[\"offline\"]}");
    }

    @Test
    void redisThatGoesAndComesBack_isDownAndOkAgainAndOnlyConversationsMissIt() throws Exception {
        await().until(() -> Health.get(demo, "/health").statusCode() == 200);
        redis.stop();
        try {
            HttpResponse<String> down = Health.get(demo, "/health");
            assertThat(down.statusCode()).isEqualTo(503);
            assertThat(down.body())
                    .contains("\"status\":\"degraded\"", "\"redis\":\"down\"", "\"modes\":[\"offline\"]");
            assertThat(Health.get(demo, "/livez").statusCode()).isEqualTo(200);

            assertThat(Chat.ask(demo, "say Hello").statusCode()).isEqualTo(200);
            assertUnavailable(Chat.post(
                    demo.uri("/v1/chat/completions"),
                    Chat.body("say Hello", ",\"metadata\":{\"conversation_id\":\"c\"}")));
        } finally {
            redis = RedisServers.start(redis.ports().getFirst());
        }
        await().until(() -> Health.get(demo, "/health").statusCode() == 200);
    }

    @Test
    void redisThatFallsSilent_isDownWithinThreeSecondsAndHoldsNobodyUp() throws Exception {
        await().until(() -> Health.get(demo, "/health").statusCode() == 200);

        RedisServers.whilePaused(redis, () -> Health.assertDownInTime(demo));

        await().until(() -> Health.get(demo, "/health").statusCode() == 200);
    }

    private static void assertUnavailable(HttpResponse<String> refused) {
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).contains("\"code\":\"conversation_unavailable\"");
        assertThat(refused.headers().firstValue("X-Should-Retry")).hasValue("true");
        assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
    }
}
