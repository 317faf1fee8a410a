package io.agentrouter.runtime.deadline;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The end of patience with a whole stream, however busy it is. */
public final class Deadline {

    private Deadline() {}

    /**
     * The stream, cancelled and failed once {@code after} is over. {@link Flux#takeUntilOther} alone does not do: a
     * failing other does not cancel the stream.
     */
    public static <T> Flux<T> of(Flux<T> stream, Duration after, Supplier<? extends Throwable> failure) {
        return Flux.defer(() -> {
            var over = new AtomicBoolean();
            return stream.takeUntilOther(Mono.delay(after).doOnNext(tick -> over.set(true)))
                    .concatWith(Mono.defer(() -> over.get() ? Mono.error(failure) : Mono.empty()));
        });
    }
}
