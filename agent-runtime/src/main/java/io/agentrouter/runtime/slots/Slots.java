package io.agentrouter.runtime.slots;

import io.agentrouter.runtime.agent.AgentException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/** The runs that this pod can carry at once. The pod itself is the authority: whoever gets no slot is refused before it starts. */
public final class Slots {

    private final Sinks.Many<SlotState> changes = Sinks.many().replay().latest();
    private SlotState state;

    /** All free at first, {@code total} of them. */
    public Slots(int total) {
        state = new SlotState(total, total, false);
        changes.tryEmitNext(state);
    }

    /**
     * Takes a slot.
     *
     * @throws AgentException {@code agent_busy} or {@code agent_draining}, with 503
     */
    public synchronized Slot acquire() {
        if (state.draining()) {
            throw new AgentException(
                    503, "agent_draining", null, "This agent is shutting down: send the request again.");
        }
        if (state.idle() == 0) {
            throw new AgentException(
                    503,
                    "agent_busy",
                    null,
                    "All %d slots of this agent are taken: try again.".formatted(state.slots()));
        }
        change(state.withIdle(state.idle() - 1));
        return new Slot(this);
    }

    /** Refuses every new run from now on. */
    public synchronized void drain() {
        change(new SlotState(state.slots(), state.idle(), true));
    }

    /** Ends every subscription to {@link #states()}: the process is about to exit. */
    public void end() {
        changes.tryEmitComplete();
    }

    /** The state now, then at every change; a slow subscriber sees the latest only. */
    public Flux<SlotState> states() {
        return changes.asFlux().onBackpressureLatest();
    }

    public synchronized SlotState state() {
        return state;
    }

    synchronized void giveBack() {
        change(state.withIdle(state.idle() + 1));
    }

    /** Under the lock, so that the states leave in the order in which they came to be. */
    private void change(SlotState next) {
        state = next;
        changes.tryEmitNext(next);
    }
}
