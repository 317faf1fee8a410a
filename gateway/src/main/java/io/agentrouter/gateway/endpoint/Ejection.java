package io.agentrouter.gateway.endpoint;

import io.agentrouter.gateway.catalog.EjectionSettings;
import java.time.Duration;
import java.util.Optional;

/** Whether a pod is left out, since it failed several times in a row. */
final class Ejection {

    private static final int MAX_DOUBLINGS = 20;

    private final EjectionSettings settings;
    private int failures;
    private long until;

    Ejection(EjectionSettings settings) {
        this.settings = settings;
    }

    synchronized boolean isOut() {
        return failures >= settings.failures() && System.nanoTime() - until < 0;
    }

    /** A run went as it should. One that began before the pod was left out says nothing of it now. */
    synchronized void worked() {
        if (!isOut()) {
            failures = 0;
        }
    }

    /**
     * A run failed there.
     *
     * @return how long it is left out from now on; empty if it is not, or is already
     */
    synchronized Optional<Duration> failed() {
        if (isOut() || ++failures < settings.failures()) {
            return Optional.empty();
        }
        int doublings = Math.min(failures - settings.failures(), MAX_DOUBLINGS);
        Duration longer = settings.first().multipliedBy(1L << doublings);
        Duration time = longer.compareTo(settings.atMost()) > 0 ? settings.atMost() : longer;
        until = System.nanoTime() + time.toNanos();
        return Optional.of(time);
    }
}
