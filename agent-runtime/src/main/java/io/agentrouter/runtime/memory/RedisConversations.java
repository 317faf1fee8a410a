package io.agentrouter.runtime.memory;

import io.agentrouter.runtime.agent.AgentException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import reactor.core.publisher.Mono;

/** Conversations in Redis, where all pods of a type meet. See docs/decisions/0001-conversations-in-redis.md. */
final class RedisConversations implements Conversations {

    private final ReactiveStringRedisTemplate redis;
    private final ConversationProperties properties;
    private final Duration longestTurn;

    RedisConversations(ReactiveStringRedisTemplate redis, ConversationProperties properties, Duration longestTurn) {
        this.redis = redis;
        this.properties = properties;
        this.longestTurn = longestTurn;
    }

    @Override
    public Mono<ConversationTurn> open(String tenant, String agentType, String conversation) {
        ConversationKeys keys = ConversationKeys.of(tenant, agentType, conversation);
        return Mono.usingWhen(
                Mono.fromSupplier(() -> new Place(redis, properties, keys)),
                this::enter,
                entered -> Mono.empty(),
                (place, failure) -> place.leave().onErrorComplete(),
                place -> place.leave().onErrorComplete());
    }

    private Mono<ConversationTurn> enter(Place place) {
        Instant now = Instant.now();
        Instant latest = now.plus(properties.turnWait());
        Instant end = now.plus(properties.longestWait());
        return patient(end, place.join(1 + properties.maxWaiting()))
                .repeatWhen(answers -> answers.delayElements(properties.poll()))
                .map(ahead -> isItsTurn(ahead, latest))
                .takeUntil(Boolean::booleanValue)
                .then(patient(end, place.read()))
                .map(history -> new RedisTurn(place, history, properties, longestTurn));
    }

    /** Waits for Redis until the end at most, and then for one answer: whose turn does not come is to hear that. */
    private <T> Mono<T> patient(Instant end, Mono<T> command) {
        return Mono.defer(() -> {
            Duration left = Duration.between(Instant.now(), end);
            Duration bound =
                    Collections.min(List.of(properties.redisWait(), Collections.max(List.of(left, properties.poll()))));
            return new Patience(bound).with(command);
        });
    }

    private boolean isItsTurn(long ahead, Instant latest) {
        if (ahead < 0) {
            throw busy("%d others wait in this conversation already: try again when they are answered."
                    .formatted(properties.maxWaiting()));
        }
        if (ahead > 0 && Instant.now().isAfter(latest)) {
            throw busy("Earlier turns of this conversation did not end within %d s: try again when they are answered."
                    .formatted(properties.turnWait().toSeconds()));
        }
        return ahead == 0;
    }

    private static AgentException busy(String message) {
        return new AgentException(503, "conversation_busy", null, message);
    }
}
