package io.agentrouter.gateway.endpoint;

import java.time.Duration;

/** How long the last runs took, on average. */
final class ServiceTimes {

    private static final int REMEMBERED = 50;

    private int runs;
    private double meanNanos;

    synchronized void add(long nanos) {
        runs = Math.min(runs + 1, REMEMBERED);
        meanNanos += (nanos - meanNanos) / runs;
    }

    /** Zero while none was measured. */
    synchronized Duration mean() {
        return Duration.ofNanos((long) meanNanos);
    }
}
