package io.agentrouter.runtime.memory;

import java.util.List;
import java.util.UUID;
import org.springframework.core.io.ClassPathResource;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * One turn's place in its conversation, as Redis knows it. Each command is done as a whole or not at all, and leaves the same
 * when it is sent twice, so it may be tried again whenever its answer is lost.
 */
final class Place {

    private static final RedisScript<Long> JOIN = script("join.lua");
    private static final RedisScript<Long> LEAVE = script("leave.lua");
    private static final RedisScript<Long> APPEND = script("append.lua");

    private final ReactiveStringRedisTemplate redis;
    private final ConversationProperties properties;
    private final ConversationKeys keys;
    private final String token = UUID.randomUUID().toString();

    Place(ReactiveStringRedisTemplate redis, ConversationProperties properties, ConversationKeys keys) {
        this.redis = redis;
        this.properties = properties;
        this.keys = keys;
    }

    /** Joins the line if it is shorter than {@code room}, or renews the lease; how many turns are ahead, -1 without a place. */
    Mono<Long> join(int room) {
        return run(JOIN, List.of(keys.line(), keys.alive()), token, lease(), Integer.toString(room));
    }

    /** Gives the place up for good. */
    Mono<Void> leave() {
        return run(LEAVE, List.of(keys.line(), keys.alive()), token, lease()).then();
    }

    /** What is remembered; to be read when it is this one's turn, since then nobody else appends. */
    Mono<History> read() {
        return offTheEventLoop(Mono.zip(
                redis.opsForList()
                        .range(keys.turns(), 0, -1)
                        .map(RememberedTurn::parse)
                        .collectList(),
                redis.opsForValue().get(keys.last()).defaultIfEmpty(""),
                History::new));
    }

    /** Remembers a turn and forgets all but the latest; whether it was this one's turn still. */
    Mono<Boolean> append(RememberedTurn turn, String lastSeen, int keep) {
        return run(
                        APPEND,
                        List.of(keys.line(), keys.turns(), keys.last()),
                        token,
                        lastSeen,
                        turn.toJson(),
                        Integer.toString(keep),
                        Long.toString(properties.ttl().toMillis()))
                .map(stored -> stored == 1);
    }

    private String lease() {
        return Long.toString(properties.lease().toMillis());
    }

    private Mono<Long> run(RedisScript<Long> script, List<String> keys, String... arguments) {
        return offTheEventLoop(redis.execute(script, keys, List.of(arguments)).single());
    }

    /** The first connection, and each attempt at one, is made by a blocking call. */
    private static <T> Mono<T> offTheEventLoop(Mono<T> command) {
        return command.subscribeOn(Schedulers.boundedElastic());
    }

    private static RedisScript<Long> script(String name) {
        return RedisScript.of(new ClassPathResource(name, Place.class), Long.class);
    }
}
