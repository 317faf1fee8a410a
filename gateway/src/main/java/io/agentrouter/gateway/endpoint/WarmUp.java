package io.agentrouter.gateway.endpoint;

import java.time.Duration;

/** The share of its load that a pod gets, which grows from when it came. */
final class WarmUp {

    /** What a pod that has just come gets at least. */
    private static final double COLD = 0.1;

    private volatile long since = System.nanoTime();
    private volatile long nanos;

    /** From now on, over this time. */
    void begin(Duration time) {
        since = System.nanoTime();
        nanos = time.toNanos();
    }

    /** Between 0 and 1, which is all. */
    double share() {
        double warm = nanos == 0 ? 1 : (double) (System.nanoTime() - since) / nanos;
        return Math.clamp(warm, COLD, 1);
    }
}
