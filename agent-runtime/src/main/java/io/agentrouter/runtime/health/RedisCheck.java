package io.agentrouter.runtime.health;

import org.springframework.data.redis.connection.ReactiveRedisConnection;
import org.springframework.data.redis.connection.ReactiveRedisConnectionFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

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
                // The first connection is made by a blocking call.
                Mono.fromSupplier(redis::getReactiveConnection).subscribeOn(Schedulers.boundedElastic()),
                connection -> connection.ping().map("PONG"::equals),
                ReactiveRedisConnection::closeLater);
    }
}
