package io.agentrouter.gateway.admission;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Whose turn it is: among tenants by stride scheduling, so that each gets slots in proportion to its weight while it waits for
 * any (Waldspurger and Weihl, Stride Scheduling: Deterministic Proportional-Share Resource Management, 1995). Not safe for
 * use by several threads.
 */
final class FairQueue<T extends FairQueue.Entry> {

    /** One who waits. */
    interface Entry {
        Claim claim();

        /** Whether it takes a slot of any pod: if there is none for it, there is none for those who stand behind it. */
        boolean takesAny();
    }

    private static final Comparator<Line<?>> BY_TURN =
            Comparator.<Line<?>>comparingDouble(Line::pass).thenComparing(Line::tenant);

    private final Map<String, Line<T>> lines = new HashMap<>(); // one a tenant, and tenants are configured
    private final TreeSet<Line<T>> waiting = new TreeSet<>(BY_TURN);
    private double now;
    private int size;
    private long held;

    int size() {
        return size;
    }

    /** Bytes of bodies of those who wait. */
    long held() {
        return held;
    }

    /**
     * Who may have the next slot, in the order of their turns: the first of each tenant, and behind one who does not take any slot
     * the next of that tenant, so that nobody waits for want of a slot that another does not want.
     */
    List<T> candidates() {
        return waiting.stream().flatMap(line -> line.candidates().stream()).toList();
    }

    void addLast(T waiter) {
        Line<T> line = line(waiter);
        if (line.isEmpty()) {
            // Who has not waited has saved nothing up.
            line.moveTo(Math.max(line.pass(), now));
        }
        waiting.remove(line);
        line.addLast(waiter);
        added(waiter, line);
    }

    /** Takes back one who had its turn in vain: it is its turn again. */
    void addFirst(T waiter) {
        Line<T> line = line(waiter);
        waiting.remove(line);
        line.moveTo(Math.min(line.pass(), now));
        line.addFirst(waiter);
        added(waiter, line);
    }

    /** Takes one out who has its turn now. */
    void serve(T waiter) {
        Line<T> line = line(waiter);
        if (remove(waiter)) {
            now = Math.max(now, line.pass());
            waiting.remove(line);
            line.moveTo(line.pass() + stride(waiter));
            addIfWaiting(line);
        }
    }

    /**
     * Takes one out who leaves.
     *
     * @return whether it was still there
     */
    boolean remove(T waiter) {
        Line<T> line = line(waiter);
        waiting.remove(line);
        boolean removed = line.remove(waiter);
        if (removed) {
            size--;
            held -= waiter.claim().held();
        }
        addIfWaiting(line);
        return removed;
    }

    /**
     * Who makes room for one who comes: the last of the longest line, by weight, unless the newcomer's would be as long
     * (McKenney, Stochastic Fairness Queueing, 1990). So nobody fills the queue for all.
     */
    Optional<T> gives(Claim newcomer) {
        Line<T> own = lines.get(newcomer.tenant().name());
        double ownLength =
                (own == null ? 1.0 : own.size() + 1.0) / newcomer.tenant().weight();
        return waiting.stream()
                .max(Comparator.comparingDouble(FairQueue::length))
                .filter(longest -> length(longest) > ownLength)
                .map(Line::last);
    }

    private static double length(Line<?> line) {
        return (double) line.size() / line.first().claim().tenant().weight();
    }

    /** How many have their turn before one who comes now, if nobody else comes. */
    int before(Claim claim) {
        Line<T> own = lines.get(claim.tenant().name());
        int before = own == null ? 0 : own.before(claim.priority());
        int turns = before + 1;
        for (Line<T> other : waiting) {
            if (other != own) {
                double shares = (double) other.first().claim().tenant().weight()
                        / claim.tenant().weight();
                before += (int) Math.min(other.size(), Math.ceil(turns * shares));
            }
        }
        return before;
    }

    private void added(T waiter, Line<T> line) {
        size++;
        held += waiter.claim().held();
        addIfWaiting(line);
    }

    private void addIfWaiting(Line<T> line) {
        if (!line.isEmpty()) {
            waiting.add(line);
        }
    }

    private Line<T> line(T waiter) {
        return lines.computeIfAbsent(waiter.claim().tenant().name(), Line<T>::new);
    }

    private static double stride(Entry waiter) {
        return 1.0 / waiter.claim().tenant().weight();
    }
}
