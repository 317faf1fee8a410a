package io.agentrouter.gateway.health;

import static org.awaitility.Awaitility.await;

import io.agentrouter.gateway.FakeAgent;
import io.agentrouter.gateway.RedisOnFreePort;
import io.agentrouter.gateway.TestGateway;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Nothing waits for a Redis that is not there: that would gather in memory. */
class RedisThatWentAwayTest {

    @Test
    void redisThatWentAway_isDownAtOnce_howeverLongACheckMayTake() {
        try (var redis = new RedisOnFreePort();
                var agent = new FakeAgent();
                var gateway = TestGateway.start(
                        "router.agents.qa.uri=" + agent.uri(),
                        "router.agents.coding.uri=" + agent.uri(),
                        "router.discovery.check-age=0s",
                        "router.discovery.check-timeout=1m",
                        "spring.data.redis.timeout=1m",
                        "spring.data.redis.url=" + redis.url())) {
            await().until(() -> gateway.get("/health").statusCode() == 200);

            redis.stop();

            await().atMost(Duration.ofSeconds(20))
                    .until(() -> gateway.get("/health").statusCode() == 503);
        }
    }
}
