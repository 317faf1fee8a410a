package io.agentrouter.gateway.route;

import io.agentrouter.gateway.catalog.AgentType;
import io.agentrouter.gateway.problem.ProblemException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * The body of an agent's answer on its way to the client: the very bytes, as they come, for as long as the type's limits allow. One
 * operator with one timer rather than one of each for every concern, since all pieces of all answers pass it.
 */
final class AnswerRelay extends Flux<ByteBuf> {

    private static final Logger log = LoggerFactory.getLogger(AnswerRelay.class);

    private final AgentAnswer answer;
    private final AgentType type;
    private final long deadline;
    private final Consumer<ByteBuf> passing;

    /**
     * @param deadline where the type's total limit ends, by {@link System#nanoTime}
     * @param passing sees each piece before it goes on, and leaves it as it is
     */
    AnswerRelay(AgentAnswer answer, AgentType type, long deadline, Consumer<ByteBuf> passing) {
        this.answer = answer;
        this.type = type;
        this.deadline = deadline;
        this.passing = passing;
    }

    /** Each piece is the subscriber's to release. Whatever breaks the answer off comes as a {@link ProblemException}. */
    @Override
    public void subscribe(CoreSubscriber<? super ByteBuf> client) {
        answer.body().subscribe(new Relay(client));
    }

    /**
     * A short answer as one piece, on the heap, where nothing has to be released when the client leaves.
     *
     * @return for one that announces its length
     */
    Mono<ByteBuf> joined() {
        return collect(() -> Unpooled.buffer((int) answer.length()), AnswerRelay::join)
                // A piece that was on its way when the client left.
                .doOnDiscard(ByteBuf.class, ByteBuf::release);
    }

    private static void join(ByteBuf whole, ByteBuf piece) {
        whole.writeBytes(piece);
        piece.release();
    }

    /** On the event loop of the agent's connection, but for what the client asks for. */
    private final class Relay implements CoreSubscriber<ByteBuf>, Subscription {

        private final CoreSubscriber<? super ByteBuf> client;
        private final long idle = type.timeouts().idle().toNanos();
        private final AnswerEnd end = new AnswerEnd(answer.length(), answer.isEventStream());
        private final AtomicBoolean ended = new AtomicBoolean();
        private final AtomicLong wanted = new AtomicLong();
        private volatile long quietSince = System.nanoTime();
        private volatile @Nullable ScheduledFuture<?> timer;
        private @Nullable Subscription agent;

        Relay(CoreSubscriber<? super ByteBuf> client) {
            this.client = client;
        }

        @Override
        public Context currentContext() {
            return client.currentContext();
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            agent = subscription;
            schedule();
            client.onSubscribe(this);
        }

        @Override
        public void onNext(ByteBuf piece) {
            if (ended.get()) {
                return;
            }
            wanted.decrementAndGet();
            quietSince = System.nanoTime();
            passing.accept(piece);
            if (end.isIn(piece)) {
                answer.call().answered();
            }
            client.onNext(piece.retain());
        }

        @Override
        public void onComplete() {
            if (end()) {
                answer.call().answered();
                client.onComplete();
            }
        }

        @Override
        public void onError(Throwable error) {
            if (end()) {
                client.onError(Failures.interrupted(type, error));
            }
        }

        @Override
        public void request(long pieces) {
            if (wanted.getAndAccumulate(pieces, Operators::addCap) == 0) {
                quietSince = System.nanoTime();
            }
            agent().request(pieces);
        }

        @Override
        public void cancel() {
            if (end()) {
                agent().cancel();
            }
        }

        private void check() {
            if (ended.get()) {
                return;
            }
            long now = System.nanoTime();
            if (now - deadline >= 0) {
                if (!isSilence()) {
                    answer.call().untaken();
                }
                giveUp(Failures.exceeded(type, "total", type.timeouts().total()));
            } else if (isSilence() && now - quietSince >= idle) {
                // Whose silence it is: an agent's that does not send, or of a connection that is not read.
                log.warn(
                        "{}: an answer fell silent, {} more pieces are asked for, the connection is {}read",
                        answer.channel(),
                        wanted.get(),
                        answer.channel().config().isAutoRead() ? "" : "not ");
                giveUp(Failures.exceeded(type, "idle", type.timeouts().idle()));
            } else {
                schedule();
            }
        }

        private void schedule() {
            long now = System.nanoTime();
            long quiet = isSilence() ? Math.max(0, quietSince + idle - now) : idle;
            timer = answer.channel()
                    .eventLoop()
                    .schedule(this::check, Math.min(deadline - now, quiet), TimeUnit.NANOSECONDS);
        }

        /** Not while the client takes nothing: it is not for the agent to speak then. */
        private boolean isSilence() {
            return wanted.get() > 0;
        }

        private void giveUp(ProblemException why) {
            if (end()) {
                agent().cancel();
                client.onError(why);
            }
        }

        private boolean end() {
            boolean first = ended.compareAndSet(false, true);
            ScheduledFuture<?> scheduled = timer;
            if (first && scheduled != null) {
                scheduled.cancel(false);
            }
            return first;
        }

        private Subscription agent() {
            return Objects.requireNonNull(agent);
        }
    }
}
