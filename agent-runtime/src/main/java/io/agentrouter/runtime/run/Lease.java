package io.agentrouter.runtime.run;

import io.agentrouter.runtime.slots.Slot;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What a run holds: its slot, and whatever it took since. Everything is given back once, the latest first, the slot last. */
public final class Lease {

    private static final Logger log = LoggerFactory.getLogger(Lease.class);

    private final Deque<Mono<Void>> held = new ArrayDeque<>();
    private final Mono<Void> closing;
    private boolean closed;

    Lease(Slot slot) {
        this.closing = Flux.defer(() -> Flux.fromIterable(takeAll()))
                .concatMap(Lease::quietly)
                .then(Mono.<Void>fromRunnable(slot::close))
                .cache();
    }

    /** Adds something to give back. When the lease is already closed, as after a cancel, it is given back at once. */
    void hold(Mono<Void> release) {
        if (!add(release)) {
            quietly(release).subscribe();
        }
    }

    private synchronized boolean add(Mono<Void> release) {
        if (!closed) {
            held.push(release);
        }
        return !closed;
    }

    /** Gives everything back, the slot included, and then completes. Never fails, and is not undone by who stops waiting. */
    public Mono<Void> close() {
        return closing;
    }

    private synchronized Iterable<Mono<Void>> takeAll() {
        closed = true;
        Deque<Mono<Void>> all = new ArrayDeque<>(held);
        held.clear();
        return all;
    }

    private static Mono<Void> quietly(Mono<Void> release) {
        return release.onErrorResume(e -> {
            log.error("A run could not give back what it held", e);
            return Mono.empty();
        });
    }
}
