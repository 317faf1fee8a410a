package io.agentrouter.qa.index;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Looks at the folder again and again, on a thread of its own, as long as the application runs. */
public final class FolderPoll implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(FolderPoll.class);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final int MOST_DOUBLINGS = 10;
    private static final long STOP_SECONDS = 5;

    private final FolderWatch watch;
    private final Duration interval;
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("documents").factory());
    private int failures;
    private volatile boolean running;

    /**
     * A poll that has not begun.
     *
     * @param interval from the end of one look to the next; longer after failures, since a failed look may be a costly one
     */
    public FolderPoll(FolderWatch watch, Duration interval) {
        this.watch = watch;
        this.interval = interval;
    }

    @Override
    public void start() {
        running = true;
        executor.execute(this::look);
    }

    @Override
    public void stop() {
        running = false;
        executor.shutdownNow();
        awaitEnd(executor);
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void look() {
        try {
            watch.look();
            failures = 0;
        } catch (IOException | RuntimeException | Error e) {
            failed(e);
        }
        if (running) {
            var _ = executor.schedule(this::look, pause(interval, failures).toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void failed(Throwable e) {
        if (running && failures == 0) {
            log.warn("qa.documents cannot be indexed now; the last index stays in use: {}", e.toString());
        }
        failures = Math.min(failures + 1, MOST_DOUBLINGS);
    }

    static Duration pause(Duration interval, int failures) {
        Duration doubled = interval.multipliedBy(1L << failures);
        Duration longest = interval.compareTo(LONGEST_PAUSE) > 0 ? interval : LONGEST_PAUSE;
        return doubled.compareTo(longest) > 0 ? longest : doubled;
    }

    private static void awaitEnd(ExecutorService executor) {
        try {
            if (!executor.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                log.warn("The indexing of qa.documents did not end in {} s", STOP_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
