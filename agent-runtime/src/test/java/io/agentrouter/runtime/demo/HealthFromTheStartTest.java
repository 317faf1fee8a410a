package io.agentrouter.runtime.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agentrouter.runtime.testing.RedisServers;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.embedded.RedisServer;

/** Each test has an agent of its own, and no two run at once: with its end, an agent closes what both would share. */
class HealthFromTheStartTest {

    private static RedisServer redis;

    @BeforeAll
    static void start() {
        redis = RedisServers.start();
    }

    @AfterAll
    static void stop() throws IOException {
        redis.stop();
    }

    @Test
    void requiredKeyThatIsMissing_isDownWhileItsFileIsNotThere(@TempDir Path secrets) throws Exception {
        Path file = secrets.resolve("key");
        try (Demo strict = demo(
                "model.api-key=", "model.required=true", "model.api-key-file=" + file, "model.api-key-refresh=50ms")) {
            HttpResponse<String> missing = Health.get(strict, "/health");
            assertThat(missing.statusCode()).isEqualTo(503);
            assertThat(missing.body())
                    .contains("\"status\":\"degraded\"", "\"model\":\"down\"", "\"redis\":\"ok\"", "\"modes\":[]");
            assertThat(Health.get(strict, "/livez").statusCode()).isEqualTo(200);

            Files.writeString(file, "sk-any");
            await().until(() -> Health.get(strict, "/health").statusCode() == 200);
            assertThat(Health.get(strict, "/health").body())
                    .contains("\"status\":\"ok\"", "\"model\":\"ok\"", "\"modes\":[]")
                    .doesNotContain("sk-any");

            Files.delete(file);
            await().until(() -> Health.get(strict, "/health").statusCode() == 503);
        }
    }

    @Test
    void redisThatWasSilentFromTheStart_isDownWithinThreeSecondsAndHoldsNobodyUp() throws Exception {
        try (Demo early = demo("spring.data.redis.timeout=10s", "spring.data.redis.connect-timeout=10s")) {
            RedisServers.whilePaused(redis, () -> {
                Health.assertDownInTime(early);
                Health.assertDownInTime(early);
            });
            await().until(() -> Health.get(early, "/health").statusCode() == 200);
        }
    }

    private static Demo demo(String... settings) {
        return Demo.start(Stream.concat(
                        Stream.of("spring.data.redis.port=" + redis.ports().getFirst()), Arrays.stream(settings))
                .toArray(String[]::new));
    }
}
