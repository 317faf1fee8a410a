package io.agentrouter.runtime.memory;

import io.agentrouter.runtime.agent.AgentException;
import io.agentrouter.runtime.agent.Message;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A turn whose place in Redis is the first in its conversation's line. */
final class RedisTurn implements ConversationTurn {

    private static final Logger log = LoggerFactory.getLogger(RedisTurn.class);

    private final Place place;
    private final History history;
    private final ConversationProperties properties;
    private final Disposable renewal;

    /** @param longest after which the place is no longer kept alive, whatever became of the run */
    RedisTurn(Place place, History history, ConversationProperties properties, Duration longest) {
        this.place = place;
        this.history = history.within(properties.tokens());
        this.properties = properties;
        this.renewal = renewal(place, properties.lease().dividedBy(3), longest);
    }

    @Override
    public List<Message> remembered() {
        return history.messages();
    }

    @Override
    public Mono<Void> append(List<Message> turn) {
        RememberedTurn said = RememberedTurn.of(turn);
        int keep = history.plus(said).within(properties.tokens()).turns().size();
        RememberedTurn kept = keep == 0 ? RememberedTurn.NOTHING : said;
        return new Patience(properties.redisWait())
                .with(place.append(kept, history.last(), keep))
                .flatMap(stored -> stored ? Mono.empty() : Mono.error(RedisTurn::lost));
    }

    @Override
    public Mono<Void> release() {
        return Mono.fromRunnable(renewal::dispose).then(place.leave()).onErrorResume(e -> {
            log.warn("A turn was not given up in Redis and ends with its lease: {}", e.toString());
            return Mono.empty();
        });
    }

    /** Comes back into an empty line, as after a Redis that forgot it; never behind another turn. */
    private static Disposable renewal(Place place, Duration every, Duration longest) {
        return Flux.interval(every)
                .onBackpressureDrop()
                .concatMap(tick -> place.join(1).onErrorComplete())
                .take(longest)
                .subscribe();
    }

    private static AgentException lost() {
        return new AgentException(
                503,
                "conversation_busy",
                null,
                "This turn was lost and another one has begun meanwhile, so it is not remembered: send it again.");
    }
}
