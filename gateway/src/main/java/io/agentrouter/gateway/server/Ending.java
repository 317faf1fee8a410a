package io.agentrouter.gateway.server;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoOperator;
import reactor.core.publisher.Operators;
import reactor.core.publisher.SignalType;
import reactor.util.context.Context;

/**
 * Tells once how a Mono ended, before that is passed on. Every request ends several things on its way out, and Reactor has an operator for each
 * way in which it may end ({@code using}, {@code doOnSuccess}, {@code doOnError}, {@code doOnCancel}, {@code doFinally}); this is one for all.
 */
public final class Ending extends MonoOperator<Void, Void> {

    private final Listener listener;

    /** Learns how something ended. */
    @FunctionalInterface
    public interface Listener {

        /**
         * It ended.
         *
         * @param how {@link SignalType#ON_COMPLETE}, {@link SignalType#ON_ERROR} or {@link SignalType#CANCEL}
         * @param error what it failed with; null if it did not
         */
        void ended(SignalType how, @Nullable Throwable error);
    }

    private Ending(Mono<Void> source, Listener listener) {
        super(source);
        this.listener = listener;
    }

    /** The same, with a listener. */
    public static Mono<Void> of(Mono<Void> source, Listener listener) {
        return new Ending(source, listener);
    }

    @Override
    public void subscribe(CoreSubscriber<? super Void> next) {
        source.subscribe(new Subscriber(next, listener));
    }

    private static final class Subscriber implements CoreSubscriber<Void>, Subscription {

        // Six of these are held for each stream.
        private static final AtomicIntegerFieldUpdater<Subscriber> ENDED =
                AtomicIntegerFieldUpdater.newUpdater(Subscriber.class, "ended");

        private final CoreSubscriber<? super Void> next;
        private final Listener listener;
        private volatile int ended;
        private @Nullable Subscription source;

        Subscriber(CoreSubscriber<? super Void> next, Listener listener) {
            this.next = next;
            this.listener = listener;
        }

        @Override
        public Context currentContext() {
            return next.currentContext();
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            source = subscription;
            next.onSubscribe(this);
        }

        @Override
        public void onNext(Void never) {
            // There is no such thing.
        }

        @Override
        public void onComplete() {
            end(SignalType.ON_COMPLETE, null);
            next.onComplete();
        }

        @Override
        public void onError(Throwable error) {
            end(SignalType.ON_ERROR, error);
            next.onError(error);
        }

        @Override
        public void request(long n) {
            Objects.requireNonNull(source).request(n);
        }

        @Override
        public void cancel() {
            Objects.requireNonNull(source).cancel();
            end(SignalType.CANCEL, null);
        }

        private void end(SignalType how, @Nullable Throwable error) {
            if (ENDED.compareAndSet(this, 0, 1)) {
                try {
                    listener.ended(how, error);
                } catch (RuntimeException defect) {
                    Operators.onErrorDropped(defect, currentContext()); // logs it
                }
            }
        }
    }
}
