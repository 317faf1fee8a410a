package io.agentrouter.e2e.cluster;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** The fewest ready pods that a workload was seen to have, while this is open. */
final class FewestReady implements AutoCloseable {

    private static final Duration EVERY = Duration.ofMillis(500);

    private volatile boolean open = true;
    private volatile int fewest = Integer.MAX_VALUE;

    FewestReady(Workload workload) {
        Thread.ofVirtual().start(() -> watch(workload));
    }

    int pods() {
        return fewest;
    }

    private void watch(Workload workload) {
        while (open) {
            fewest = Math.min(fewest, workload.readyPods().size());
            LockSupport.parkNanos(EVERY.toNanos());
        }
    }

    @Override
    public void close() {
        open = false;
    }
}
