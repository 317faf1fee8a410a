package io.agentrouter.gateway.admission;

import io.agentrouter.gateway.catalog.AgentType;
import io.agentrouter.gateway.endpoint.Endpoints;
import io.agentrouter.gateway.endpoint.Lease;
import io.agentrouter.gateway.problem.ProblemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Schedulers;

/** Hands the slots of one agent type out: at once while there are any, else in turn, within bounds. */
final class AgentQueue {

    /** What only time changes, such as that a pod is used again, is seen this often while anyone waits. */
    private static final long TICK_MILLIS = 100;

    private static final Logger log = LoggerFactory.getLogger(AgentQueue.class);

    private final Endpoints endpoints;
    private final FairQueue<Waiter> waiters = new FairQueue<>();
    private final AtomicInteger handing = new AtomicInteger();
    private volatile AgentType type;
    private volatile int length;
    private @Nullable Disposable ticks;

    AgentQueue(AgentType type, Endpoints endpoints) {
        this.type = type;
        this.endpoints = endpoints;
        endpoints.onRoom(type, this::handOut);
    }

    /** Other bounds, for those who come from now on. */
    void change(AgentType next) {
        type = next;
    }

    Optional<Lease> take(Ticket ticket) {
        if (length > 0 && !ticket.wasAdmitted()) {
            return Optional.empty();
        }
        Optional<Lease> lease = endpoints.take(type, ticket.excluded());
        lease.ifPresent(ticket::hold);
        return lease;
    }

    Mono<Lease> await(Ticket ticket) {
        return Mono.defer(() -> {
            Duration wait = ticket.claim().longestWait(anyPod());
            if (!ticket.claim().canWait() || wait.isZero()) {
                return Mono.error(refusals().now());
            }
            Duration left = ticket.left(wait);
            if (left.isZero()) {
                return Mono.error(refusals().late(wait));
            }
            return Mono.<Lease>create(sink -> join(new Waiter(ticket, sink), sink, left))
                    .timeout(left, Mono.error(() -> refusals().late(wait)));
        });
    }

    ProblemException refusedByPod(ProblemException refusal) {
        return refusals().byPod(refusal);
    }

    ProblemException breakerOpen() {
        return refusals().breakerOpen(endpoints.untilTrial(type));
    }

    synchronized QueueState state() {
        return new QueueState(waiters.size(), waiters.held(), estimate(waiters.size()));
    }

    private void join(Waiter waiter, MonoSink<Lease> sink, Duration left) {
        List<Waiter> outdone = new ArrayList<>();
        ProblemException refusal = tryJoin(waiter, left, outdone);
        outdone.forEach(other -> other.refuse(refusals().full()));
        if (refusal != null) {
            waiter.refuse(refusal);
            return;
        }
        sink.onDispose(() -> leave(waiter));
        handOut(); // what came free before it stood there
    }

    private synchronized @Nullable ProblemException tryJoin(Waiter waiter, Duration left, List<Waiter> outdone) {
        if (waiter.ticket().wasAdmitted()) {
            waiters.addFirst(waiter);
        } else {
            ProblemException refusal = refusal(waiter.claim(), left, outdone);
            if (refusal != null) {
                return refusal;
            }
            waiters.addLast(waiter);
        }
        changed();
        return null;
    }

    private @Nullable ProblemException refusal(Claim claim, Duration left, List<Waiter> outdone) {
        Duration estimate = estimate(waiters.before(claim));
        if (estimate.compareTo(left) > 0) {
            return refusals().tooLong(estimate, left);
        }
        while (!fits(claim)) {
            Optional<Waiter> other = waiters.gives(claim);
            if (other.isEmpty()) {
                // In vain: those who gave way stand again where they stood.
                outdone.reversed().forEach(waiters::addLast);
                outdone.clear();
                return refusals().full();
            }
            waiters.remove(other.get());
            outdone.add(other.get());
        }
        return null;
    }

    private boolean fits(Claim claim) {
        return waiters.size() < type.queue().maxEntries()
                && waiters.held() + claim.held() <= type.queue().maxHeld().toBytes();
    }

    private synchronized void leave(Waiter waiter) {
        waiter.ended();
        waiters.remove(waiter);
        changed();
    }

    /** One thread at a time does it, for all who find that there is room meanwhile. */
    private void handOut() {
        if (length == 0 || handing.getAndIncrement() != 0) {
            return;
        }
        int seen = 1;
        try {
            do {
                handOutAll();
                seen = handing.addAndGet(-seen);
            } while (seen != 0);
        } catch (RuntimeException | Error defect) {
            // Else nobody would get a slot any more. The next tick goes on, since memory may be short just now.
            handing.set(0);
            throw defect;
        }
    }

    private void handOutAll() {
        for (Turn turn = next(); turn != null; turn = next()) {
            try {
                turn.waiter().grant(turn.lease());
            } catch (RuntimeException defect) {
                // Of that one request; the others are to have their turns all the same.
                log.error("A request that got its slot failed", defect);
            } catch (Error fatal) {
                turn.waiter().ticket().close();
                throw fatal;
            }
        }
    }

    /** The first whose turn it is and for whom there is room. */
    private synchronized @Nullable Turn next() {
        for (Waiter waiter : waiters.candidates()) {
            Optional<Lease> lease = endpoints.take(type, waiter.ticket().excluded());
            if (lease.isPresent()) {
                waiters.serve(waiter);
                changed();
                return new Turn(waiter, lease.get());
            }
        }
        return null;
    }

    private record Turn(Waiter waiter, Lease lease) {}

    private void changed() {
        length = waiters.size();
        if (length > 0 && ticks == null) {
            ticks = Schedulers.parallel()
                    .schedulePeriodically(this::handOut, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
        } else if (length == 0 && ticks != null) {
            ticks.dispose();
            ticks = null;
        }
    }

    /** By Little's law, as if runs ended evenly. How long earlier runs took says nothing of when a pod comes. */
    private Duration estimate(int before) {
        if (!anyPod()) {
            return Duration.ZERO;
        }
        double slots = Math.max(1, endpoints.share(type));
        double runs = (before + 1) / slots;
        return Duration.ofNanos((long) (endpoints.serviceTime(type).toNanos() * runs));
    }

    private boolean anyPod() {
        return !endpoints.usable(type).isEmpty();
    }

    private Refusals refusals() {
        return new Refusals(type, state(), anyPod(), endpoints.areKnown(type));
    }
}
