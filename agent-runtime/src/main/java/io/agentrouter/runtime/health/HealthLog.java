package io.agentrouter.runtime.health;

import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A line each time that other checks are down than before: whoever probes tells nobody what it was answered. */
final class HealthLog {

    private static final Logger log = LoggerFactory.getLogger(HealthLog.class);

    private final AtomicReference<Set<String>> last = new AtomicReference<>(Set.of());

    void note(Health health) {
        Set<String> down = health.down();
        if (down.equals(last.getAndSet(down))) {
            return;
        }
        if (down.isEmpty()) {
            log.info("Healthy");
        } else {
            log.warn("Not healthy, gets no runs: {} down", String.join(", ", down));
        }
    }
}
