package io.agentrouter.gateway.server;

import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Counts the requests that are under way when a drain begins, whose answers may not say that their connection ends. */
public final class LameDuck {

    /** What began before the drain: the requests under way, and the serving itself. */
    private final AtomicInteger before = new AtomicInteger(1);

    private final Sinks.Empty<Void> beforeEnded = Sinks.empty();
    private volatile boolean draining;

    /**
     * From now on every answer ends its connection, by {@link LameDuckClose}.
     *
     * @return completes when the requests that are under way have ended, whose answers may not have said so
     */
    Mono<Void> drain() {
        draining = true;
        end();
        return beforeEnded.asMono();
    }

    boolean isDraining() {
        return draining;
    }

    /** How many requests are under way that began before the drain. */
    int underWay() {
        return draining ? before.get() : before.get() - 1;
    }

    /** Counts a request, for as long as it lasts. */
    public Mono<Void> count(Mono<Void> request) {
        return draining
                ? request
                : Mono.defer(() -> {
                    before.incrementAndGet();
                    return Ending.of(request, (how, error) -> end());
                });
    }

    private void end() {
        if (before.decrementAndGet() == 0) {
            beforeEnded.tryEmitEmpty();
        }
    }
}
