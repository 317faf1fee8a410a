package io.agentrouter.gateway.admission;

import io.agentrouter.gateway.endpoint.Endpoint;
import io.agentrouter.gateway.endpoint.Lease;
import io.agentrouter.gateway.problem.ProblemException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** One request's right to a slot. Whatever becomes of the request, closing this gives back the slot that it holds. */
public final class Ticket implements AutoCloseable {

    private final Claim claim;
    private final AgentQueue queue;
    private final long begun = System.nanoTime();
    private volatile Map<Endpoint, Long> excluded = Map.of(); // until when, by System.nanoTime
    private @Nullable Lease lease;
    private boolean wasAdmitted;
    private boolean closed;
    private long waitedNanos;

    Ticket(Claim claim, AgentQueue queue) {
        this.claim = claim;
        this.queue = queue;
    }

    /** A slot, if it may have one now: nobody waits before it and a pod has room. */
    public Optional<Lease> take() {
        return queue.take(this);
    }

    /**
     * A slot as soon as it is this request's turn. One that had a slot before, of a pod that did not begin, comes first.
     *
     * @return fails with {@code agent_busy}, {@code queue_full}, {@code wait_too_long}, {@code wait_timeout} or {@code no_endpoint}
     */
    public Mono<Lease> await() {
        return queue.await(this);
    }

    /** Does not want a slot of this endpoint for so long. */
    public synchronized void exclude(Endpoint endpoint, Duration time) {
        Map<Endpoint, Long> more = new HashMap<>(excluded);
        more.put(endpoint, System.nanoTime() + time.toNanos());
        excluded = more;
    }

    /** What a pod refused it with, and what it is like to wait for another. */
    public ProblemException refusedByPod(ProblemException refusal) {
        return queue.refusedByPod(refusal);
    }

    /** No run of its type may begin, since the agents have failed too often. */
    public ProblemException breakerOpen() {
        return queue.breakerOpen();
    }

    /** The endpoints that it does not want now. */
    public Set<Endpoint> excluded() {
        Map<Endpoint, Long> ends = excluded;
        if (ends.isEmpty()) {
            return Set.of();
        }
        long now = System.nanoTime();
        return ends.entrySet().stream()
                .filter(end -> now - end.getValue() < 0)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** How long it waited for slots. */
    public synchronized Duration waited() {
        return Duration.ofNanos(waitedNanos);
    }

    Claim claim() {
        return claim;
    }

    synchronized boolean wasAdmitted() {
        return wasAdmitted;
    }

    synchronized void addWait(long nanos) {
        waitedNanos += nanos;
    }

    /** Of the time that it may wait. */
    Duration left(Duration wait) {
        Duration left = wait.minusNanos(System.nanoTime() - begun);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** Gets a slot; it goes back at once if nobody is left who wants it. */
    void hold(Lease next) {
        Lease unwanted;
        synchronized (this) {
            wasAdmitted = true;
            unwanted = closed ? next : lease;
            lease = closed ? null : next;
        }
        close(unwanted);
    }

    @Override
    public void close() {
        Lease unwanted;
        synchronized (this) {
            closed = true;
            unwanted = lease;
            lease = null;
        }
        close(unwanted);
    }

    /** Outside of the lock, since it may hand the slot on. */
    private static void close(@Nullable Lease unwanted) {
        if (unwanted != null) {
            unwanted.close();
        }
    }
}
