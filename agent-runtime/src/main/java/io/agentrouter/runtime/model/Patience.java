package io.agentrouter.runtime.model;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;

/** Fails a model's stream of events when it is silent for too long while somebody waits for it. */
final class Patience {

    private final ModelProperties.Timeouts timeouts;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final AtomicLong wanted = new AtomicLong();

    private Patience(ModelProperties.Timeouts timeouts) {
        this.timeouts = timeouts;
    }

    static <T> Flux<T> with(ModelProperties.Timeouts timeouts, Flux<T> events) {
        return Flux.defer(() -> new Patience(timeouts).limit(events));
    }

    private <T> Flux<T> limit(Flux<T> events) {
        return events.doOnRequest(more -> wanted.accumulateAndGet(more, Operators::addCap))
                .doOnNext(event -> {
                    begun.set(true);
                    wanted.decrementAndGet();
                })
                .timeout(
                        Mono.delay(timeouts.firstToken()), event -> silence(), Flux.defer(() -> Flux.error(failure())));
    }

    /** A reader that asks for nothing is slow itself, and no reason to blame the model. */
    private Flux<Long> silence() {
        return Flux.interval(timeouts.idle()).filter(tick -> wanted.get() > 0);
    }

    private ModelFailure failure() {
        return begun.get()
                ? ModelFailure.silent("model.timeouts.idle", timeouts.idle())
                : ModelFailure.silent("model.timeouts.first-token", timeouts.firstToken());
    }
}
