package io.agentrouter.gateway.health;

import io.agentrouter.gateway.catalog.DiscoveryLimits;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.connection.ReactiveRedisConnection;
import org.springframework.data.redis.connection.ReactiveRedisConnectionFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Asks Redis how it is. */
@Component
class RedisProbe {

    private final ReactiveRedisConnectionFactory redis;
    private final DiscoveryLimits limits;

    RedisProbe(ReactiveRedisConnectionFactory redis, DiscoveryLimits limits) {
        this.redis = redis;
        this.limits = limits;
    }

    /** Never fails, and answers within the check's timeout. */
    Mono<Boolean> ask() {
        // The first connection is made by a blocking call.
        var connection = Mono.fromCallable(this::connect).subscribeOn(Schedulers.boundedElastic());
        return Mono.usingWhen(connection, ReactiveRedisConnection::ping, ReactiveRedisConnection::closeLater)
                .map(pong -> true)
                .timeout(limits.checkTimeout())
                .onErrorReturn(false)
                .defaultIfEmpty(false);
    }

    private @Nullable ReactiveRedisConnection connect() {
        try {
            return redis.getReactiveConnection();
        } catch (DataAccessException away) {
            return null; // thrown after the timeout, it would be logged as a defect
        }
    }
}
