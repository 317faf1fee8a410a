package io.agentrouter.gateway.endpoint;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import java.time.Duration;

/** When a breaker that is open tries runs again, which it does not tell itself. */
final class NextTrial {

    private volatile long at = System.nanoTime();

    /**
     * Follows a breaker.
     *
     * @param open how long it stays open
     */
    NextTrial(CircuitBreaker breaker, Duration open) {
        breaker.getEventPublisher().onStateTransition(event -> {
            boolean opens = event.getStateTransition().getToState() == State.OPEN;
            at = System.nanoTime() + (opens ? open.toNanos() : 0);
        });
    }

    /** How long from now; zero unless it is open. */
    Duration left() {
        return Duration.ofNanos(Math.max(0, at - System.nanoTime()));
    }
}
