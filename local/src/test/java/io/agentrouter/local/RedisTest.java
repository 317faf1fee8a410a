package io.agentrouter.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisTest {

    /** Of a running Redis nobody can tell: it writes its title over its environment. */
    @Test
    void redis_getsNothingOfTheUsersEnvironment_andItsPasswordNotInItsCommand(@TempDir Path state) {
        Redis redis = new Redis(6379);

        Part part = redis.part(state);

        assertThat(part.environment()).isEmpty();
        String password = redis.url().replaceAll(".*://:|@.*", "");
        assertThat(password).hasSize(48);
        assertThat(part.command()).noneMatch(word -> word.contains(password));
        assertThat(state.resolve("redis/redis.conf")).content().contains("requirepass " + password);
    }
}
