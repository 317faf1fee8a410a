package io.agentrouter.runtime.health;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.data.redis.connection.ReactiveRedisConnectionFactory;

/** Health, over every {@link HealthCheck} and {@link HealthModes} of the application. */
@AutoConfiguration
@Import(HealthController.class)
class HealthAutoConfiguration {

    @Bean
    RedisCheck redisCheck(ReactiveRedisConnectionFactory redis) {
        return new RedisCheck(redis);
    }
}
