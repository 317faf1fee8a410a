package io.agentrouter.gateway.endpoint;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** How full one pod is: the runs that this gateway has there, and what the pod says of its slots. */
final class Occupancy {

    /** How long a pod that refused a run counts as full, if it says nothing new before. */
    private static final long REFUSED_NANOS = Duration.ofMillis(200).toNanos();

    private final AtomicInteger outstanding = new AtomicInteger();
    private volatile int assumedSlots;
    private volatile @Nullable Said said;

    /** By {@link System#nanoTime}; null unless the pod refused a run since it was heard. */
    private volatile @Nullable Long fullUntil;

    /**
     * What the pod said last.
     *
     * @param others runs there that are not this gateway's
     */
    private record Said(int slots, int others, boolean draining) {}

    /** Has so many slots for as long as the pod says nothing itself. */
    Occupancy(int assumedSlots) {
        this.assumedSlots = assumedSlots;
    }

    void assume(int slots) {
        assumedSlots = slots;
    }

    int outstanding() {
        return outstanding.get();
    }

    /** Runs of this gateway and of others. */
    int runs() {
        Said now = said;
        return outstanding.get() + (now == null ? 0 : now.others());
    }

    int slots() {
        Said now = said;
        return now == null ? assumedSlots : now.slots();
    }

    int free() {
        Said now = said;
        Long until = fullUntil;
        boolean none = (now != null && now.draining()) || (until != null && System.nanoTime() - until < 0);
        return none ? 0 : Math.max(0, slots() - runs());
    }

    /** Takes in what the pod says. What this gateway has begun and the pod has not seen yet is no other's. */
    void hear(Slots slots) {
        int used = slots.slots() - slots.free();
        said = new Said(slots.slots(), Math.max(0, used - outstanding.get()), slots.draining());
        fullUntil = null;
    }

    /**
     * The pod is not heard any more. One that drained is about to end: it has no room until whoever comes after it is heard.
     *
     * @return whether what it said holds no longer
     */
    boolean hearNothing() {
        Said before = said;
        if (before == null || before.draining()) {
            return false;
        }
        said = null;
        return true;
    }

    /** The pod refused a run, so it knows of others that are not known here. */
    void refused() {
        fullUntil = System.nanoTime() + REFUSED_NANOS;
    }

    /** Counts one more run, unless the count is no longer the one that was seen. */
    boolean begin(int seen) {
        return outstanding.compareAndSet(seen, seen + 1);
    }

    void end() {
        outstanding.decrementAndGet();
    }
}
