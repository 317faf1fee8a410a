package io.agentrouter.runtime.health;

import java.util.concurrent.CompletableFuture;
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
                connection(), connection -> connection.ping().map("PONG"::equals), ReactiveRedisConnection::closeLater);
    }

    /**
     * The first connection is made by a blocking call. It goes on when the check's deadline is over: with a machine too busy
     * to connect within one deadline, each check would else begin anew.
     */
    private Mono<ReactiveRedisConnection> connection() {
        return Mono.fromFuture(
                () -> CompletableFuture.supplyAsync(
                        redis::getReactiveConnection, Schedulers.boundedElastic()::schedule),
                true);
    }
}
