package io.agentrouter.gateway.admission;

import io.agentrouter.gateway.endpoint.Lease;
import io.agentrouter.gateway.problem.ProblemException;
import reactor.core.publisher.MonoSink;

/** One who waits, once. */
final class Waiter implements FairQueue.Entry {

    private final Ticket ticket;
    private final MonoSink<Lease> sink;
    private final long since = System.nanoTime();

    Waiter(Ticket ticket, MonoSink<Lease> sink) {
        this.ticket = ticket;
        this.sink = sink;
    }

    Ticket ticket() {
        return ticket;
    }

    @Override
    public Claim claim() {
        return ticket.claim();
    }

    @Override
    public boolean takesAny() {
        return ticket.excluded().isEmpty();
    }

    void grant(Lease lease) {
        ticket.hold(lease);
        sink.success(lease);
    }

    void refuse(ProblemException why) {
        sink.error(why);
    }

    void ended() {
        ticket.addWait(System.nanoTime() - since);
    }
}
