package io.agentrouter.runtime.health;

import org.springframework.data.redis.connection.ReactiveRedisConnection;
import org.springframework.data.redis.connection.ReactiveRedisConnectionFactory;
import reactor.core.publisher.Mono;

/** Whether Redis answers a ping. */
final class RedisCheck implements HealthCheck {

    private final ReactiveRedisConnectionFactory redis;

    RedisCheck(ReactiveRedisConnectionFactory redis) {
        this.redis = redis;
    }

    @Override
    public String name() {
        return "redis";
    }

    @Override
    public Mono<Boolean> ok() {
        return Mono.usingWhen(
                Mono.fromSupplier(redis::getReactiveConnection),
                connection -> connection.ping().map("PONG"::equals),
                ReactiveRedisConnection::closeLater);
    }
}
