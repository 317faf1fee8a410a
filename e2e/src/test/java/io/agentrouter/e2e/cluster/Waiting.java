package io.agentrouter.e2e.cluster;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.Callable;

/** How long the cluster may take for what has no limit of its own. */
final class Waiting {

    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private Waiting() {}

    static void until(Callable<Boolean> condition) {
        await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).until(condition);
    }

    static void sleep(Duration time) {
        await().pollDelay(time).atMost(time.plusMinutes(1)).until(() -> true);
    }
}
