package io.agentrouter.runtime.slots;

import java.util.concurrent.atomic.AtomicBoolean;

/** One run's place; it is given back once, however often that is said. */
public final class Slot implements AutoCloseable {

    private final Slots slots;
    private final AtomicBoolean taken = new AtomicBoolean(true);

    Slot(Slots slots) {
        this.slots = slots;
    }

    @Override
    public void close() {
        if (taken.compareAndSet(true, false)) {
            slots.giveBack();
        }
    }
}
