package io.agentrouter.gateway.route;

import static io.agentrouter.gateway.route.NotBegun.Reason.BUSY;
import static io.agentrouter.gateway.route.NotBegun.Reason.DRAINING;
import static io.agentrouter.gateway.route.NotBegun.Reason.UNCONNECTED;

import io.agentrouter.gateway.catalog.AgentType;
import io.agentrouter.gateway.problem.ClientLeft;
import io.agentrouter.gateway.problem.ProblemException;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

/**
 * Waits for the head of an answer, for as long as it may take, and tells what the lack of one means. One operator rather than one for
 * each concern, as {@link AnswerRelay} is for the body.
 */
final class AnswerHead extends Mono<AgentAnswer> {

    private final Flux<AgentAnswer> answer;
    private final AgentType type;
    private final AgentConnection connection;
    private final Limit limit;

    /**
     * A limit on time.
     *
     * @param time from now on
     * @param exceeded what the client is told
     * @param timers where the time is kept
     */
    record Limit(Duration time, Supplier<ProblemException> exceeded, EventExecutor timers) {}

    AnswerHead(Flux<AgentAnswer> answer, AgentType type, AgentConnection connection, Limit limit) {
        this.answer = answer;
        this.type = type;
        this.connection = connection;
        this.limit = limit;
    }

    @Override
    public void subscribe(CoreSubscriber<? super AgentAnswer> next) {
        answer.subscribe(new Subscriber(next));
    }

    private final class Subscriber implements CoreSubscriber<AgentAnswer>, Subscription {

        private final CoreSubscriber<? super AgentAnswer> next;
        // Operators of the HTTP client ask for it often, each time up to the next that keeps it.
        private final Context context;
        private final AtomicBoolean ended = new AtomicBoolean();
        private @Nullable Future<?> timer;
        private @Nullable Subscription source;
        private @Nullable AgentAnswer head;

        Subscriber(CoreSubscriber<? super AgentAnswer> next) {
            this.next = next;
            this.context = next.currentContext();
        }

        @Override
        public Context currentContext() {
            return context;
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            source = subscription;
            timer = limit.timers().schedule(this::giveUp, limit.time().toNanos(), TimeUnit.NANOSECONDS);
            next.onSubscribe(this);
        }

        @Override
        public void onNext(AgentAnswer answer) {
            head = answer;
        }

        @Override
        public void onComplete() {
            if (head == null) {
                onError(new IllegalStateException("the connection ended before the answer"));
            } else if (end()) {
                Throwable wrong = wrong(head);
                if (wrong == null) {
                    next.onNext(head);
                    next.onComplete();
                } else {
                    next.onError(wrong);
                }
            }
        }

        @Override
        public void onError(Throwable error) {
            if (end()) {
                next.onError(error instanceof ClientLeft ? error : failure(error));
            }
        }

        @Override
        public void request(long n) {
            source().request(Long.MAX_VALUE);
        }

        @Override
        public void cancel() {
            if (end()) {
                source().cancel();
            }
        }

        private void giveUp() {
            if (end()) {
                source().cancel();
                next.onError(limit.exceeded().get());
            }
        }

        private boolean end() {
            boolean first = ended.compareAndSet(false, true);
            if (first && timer != null) {
                timer.cancel(false);
                timer = null; // a stream holds this operator for minutes
            }
            return first;
        }

        private Subscription source() {
            return Objects.requireNonNull(source);
        }
    }

    private Throwable failure(Throwable error) {
        return connection.isOpened()
                ? Failures.unanswered(type, error)
                : new NotBegun(UNCONNECTED, Failures.unconnected(type, error));
    }

    /** Why an answer is none; null if it is one. */
    private @Nullable Throwable wrong(AgentAnswer answer) {
        String refused = answer.refused();
        if (refused != null) {
            NotBegun.Reason reason = refused.equals("draining") ? DRAINING : BUSY;
            return new NotBegun(reason, Failures.refused(type, reason));
        }
        return answer.isDelimited() ? null : Failures.undelimited(type);
    }
}
