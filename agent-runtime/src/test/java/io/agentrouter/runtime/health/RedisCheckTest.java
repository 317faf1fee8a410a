package io.agentrouter.runtime.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agentrouter.runtime.testing.RedisServers;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import redis.embedded.RedisServer;

class RedisCheckTest {

    private final RedisServer redis = RedisServers.start();
    private final LettuceConnectionFactory connections =
            new LettuceConnectionFactory("127.0.0.1", redis.ports().getFirst());
    private final RedisCheck check = new RedisCheck(connections);

    @BeforeEach
    void start() {
        connections.start();
    }

    @AfterEach
    void stop() throws IOException {
        connections.stop();
        redis.stop();
    }

    @Test
    void redisThatAnswers_isOk() {
        assertThat(check.ok().block(Duration.ofSeconds(20))).isTrue();
    }

    @Test
    void redisThatIsNotThere_isAnError() throws IOException {
        redis.stop();

        StepVerifier.create(check.ok()).expectError().verify(Duration.ofSeconds(20));
    }

    @Test
    void silentRedis_holdsNoEventLoopUp() throws Exception {
        RedisServers.whilePaused(redis, () -> {
            StepVerifier.create(Mono.fromRunnable(() -> check.ok().subscribe(ok -> {}, e -> {}))
                            .subscribeOn(Schedulers.parallel()))
                    .expectComplete()
                    .verify(Duration.ofMillis(500));
        });
    }

    @Test
    void connectionThatTakesLongerThanACheck_servesTheNextOne() throws Exception {
        RedisServers.whilePaused(
                redis,
                () -> StepVerifier.create(check.ok().timeout(Duration.ofMillis(200)))
                        .expectError(TimeoutException.class)
                        .verify(Duration.ofSeconds(20)));

        await().until(() -> RedisServers.ask(redis, "INFO clients").contains("connected_clients:2"));
        assertThat(check.ok().block(Duration.ofSeconds(20))).isTrue();
        assertThat(RedisServers.ask(redis, "INFO clients")).contains("connected_clients:2");
    }
}
