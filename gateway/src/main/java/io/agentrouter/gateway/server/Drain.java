package io.agentrouter.gateway.server;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.publisher.Mono;

/**
 * On SIGTERM: goes on serving until clients had the time to learn, from an answer, that their connections end. Has the
 * highest phase, so the web server, which cuts idle connections, stops only after it.
 */
final class Drain implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Drain.class);

    private final LameDuck requests;
    private final Duration lameDuck;
    private volatile boolean running;

    Drain(LameDuck requests, Duration lameDuck) {
        this.requests = requests;
        this.lameDuck = lameDuck;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop(Runnable stopped) {
        log.info("Draining: {} requests to end", requests.underWay());
        requests.drain()
                .then(Mono.delay(lameDuck))
                .doFinally(end -> {
                    running = false;
                    stopped.run();
                })
                .subscribe();
    }

    @Override
    public void stop() {
        throw new UnsupportedOperationException("Spring stops a SmartLifecycle with a callback");
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
