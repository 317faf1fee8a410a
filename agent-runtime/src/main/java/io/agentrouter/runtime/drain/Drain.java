package io.agentrouter.runtime.drain;

import io.agentrouter.runtime.AgentProperties;
import io.agentrouter.runtime.health.HealthCheck;
import io.agentrouter.runtime.slots.SlotState;
import io.agentrouter.runtime.slots.Slots;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.support.DefaultLifecycleProcessor;
import reactor.core.publisher.Mono;

/**
 * On SIGTERM: refuses new runs, lets running ones end, and holds the web server open meanwhile. It has the highest phase,
 * so it stops before anything else does.
 */
final class Drain implements SmartLifecycle, HealthCheck {

    private static final Logger log = LoggerFactory.getLogger(Drain.class);

    private final Slots slots;
    private final AgentProperties properties;
    private volatile boolean running;

    Drain(Slots slots, AgentProperties properties, DefaultLifecycleProcessor lifecycle) {
        this.slots = slots;
        this.properties = properties;
        lifecycle.setTimeoutForShutdownPhase(
                getPhase(), properties.answerTimeout().plusSeconds(5).toMillis());
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop(Runnable stopped) {
        slots.drain();
        log.info(
                "Draining: {} runs to end",
                slots.state().slots() - slots.state().idle());
        Mono.when(Mono.delay(properties.lameDuck()), lastRunEnds())
                .timeout(properties.answerTimeout(), Mono.fromRunnable(() -> log.warn("Drain ends with runs left")))
                .doFinally(end -> {
                    slots.end();
                    running = false;
                    stopped.run();
                })
                .subscribe();
    }

    private Mono<SlotState> lastRunEnds() {
        return slots.states().filter(SlotState::unused).next();
    }

    @Override
    public void stop() {
        throw new UnsupportedOperationException("Spring stops a SmartLifecycle with a callback");
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public String name() {
        return "drain";
    }

    @Override
    public Mono<Boolean> ok() {
        return Mono.fromSupplier(() -> !slots.state().draining());
    }
}
