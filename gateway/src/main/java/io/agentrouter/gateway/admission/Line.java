package io.agentrouter.gateway.admission;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.stream.Stream;

/** Those of one tenant who wait: what is interactive before what is not, each in the order of arrival. */
final class Line<T extends FairQueue.Entry> {

    private final String tenant;
    private final SequencedSet<T> interactive = new LinkedHashSet<>();
    private final SequencedSet<T> batch = new LinkedHashSet<>();
    private double pass;

    Line(String tenant) {
        this.tenant = tenant;
    }

    String tenant() {
        return tenant;
    }

    /** When it is this tenant's turn, in the queue's virtual time. */
    double pass() {
        return pass;
    }

    void moveTo(double next) {
        pass = next;
    }

    boolean isEmpty() {
        return size() == 0;
    }

    int size() {
        return interactive.size() + batch.size();
    }

    /** How many stand before one who comes now with this priority. */
    int before(Priority priority) {
        return priority == Priority.INTERACTIVE ? interactive.size() : size();
    }

    T first() {
        return interactive.isEmpty() ? batch.getFirst() : interactive.getFirst();
    }

    /** From the first on up to one who takes any slot; of a line that is not empty. */
    List<T> candidates() {
        List<T> candidates = new ArrayList<>(1);
        Iterator<T> waiters =
                Stream.concat(interactive.stream(), batch.stream()).iterator();
        do {
            candidates.add(waiters.next());
        } while (waiters.hasNext() && !candidates.getLast().takesAny());
        return candidates;
    }

    /** The last to have a turn. */
    T last() {
        return batch.isEmpty() ? interactive.getLast() : batch.getLast();
    }

    void addLast(T waiter) {
        of(waiter).addLast(waiter);
    }

    void addFirst(T waiter) {
        of(waiter).addFirst(waiter);
    }

    boolean remove(T waiter) {
        return of(waiter).remove(waiter);
    }

    private SequencedSet<T> of(T waiter) {
        return waiter.claim().priority() == Priority.INTERACTIVE ? interactive : batch;
    }
}
