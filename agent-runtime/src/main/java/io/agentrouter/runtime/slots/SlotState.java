package io.agentrouter.runtime.slots;

/**
 * How full a pod is.
 *
 * @param slots runs that it can carry at once
 * @param idle slots that no run holds
 * @param draining whether it refuses new runs for good
 */
public record SlotState(int slots, int idle, boolean draining) {

    /** Slots that a new run can get. */
    public int free() {
        return draining ? 0 : idle;
    }

    /** Whether no run is left. */
    public boolean unused() {
        return idle == slots;
    }

    SlotState withIdle(int idle) {
        return new SlotState(slots, idle, draining);
    }
}
