package io.agentrouter.gateway.endpoint;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One run at an endpoint, counted there until this is closed. */
public final class Lease implements AutoCloseable {

    private final Endpoint endpoint;
    private final ServiceTimes times;
    private final CircuitBreaker breaker;
    private final long begun = System.nanoTime();
    private final AtomicBoolean open = new AtomicBoolean(true);
    private volatile Outcome outcome = Outcome.UNPERMITTED;

    /** What the breaker counted by when it let the run begin. It takes another when it begins trials, and when it closes. */
    private CircuitBreaker.@Nullable Metrics counts;

    private enum Outcome {
        UNPERMITTED,
        UNKNOWN,
        WORKED,
        FAILED,
        REFUSED,
        UNREACHED
    }

    Lease(Endpoint endpoint, ServiceTimes times, CircuitBreaker breaker) {
        this.endpoint = endpoint;
        this.times = times;
        this.breaker = breaker;
    }

    /** Where the run is. */
    public Endpoint endpoint() {
        return endpoint;
    }

    /** Whether the run may begin: not while the agents of its type fail. */
    public boolean permit() {
        boolean permitted = breaker.tryAcquirePermission();
        if (permitted) {
            // Not before it was asked, since that itself may begin the trials.
            counts = breaker.getMetrics();
            outcome = Outcome.UNKNOWN;
        }
        return permitted;
    }

    /** The run went as it should. */
    public void worked() {
        outcome = Outcome.WORKED;
    }

    /** The run failed, and the pod did wrong. */
    public void failed() {
        outcome = Outcome.FAILED;
    }

    /** The pod refused the run: it has no room, whatever was known of it. */
    public void refused() {
        outcome = Outcome.REFUSED;
    }

    /** The pod was not reached. */
    public void unreached() {
        outcome = Outcome.UNREACHED;
    }

    /** Gives the run back, once, however often it is called. */
    @Override
    public void close() {
        if (open.compareAndSet(true, false)) {
            try {
                settle(System.nanoTime() - begun);
            } finally {
                endpoint.end();
            }
        }
    }

    private void settle(long nanos) {
        switch (outcome) {
            case UNPERMITTED -> {}
            // Its client left.
            case UNKNOWN -> {
                times.add(nanos);
                unjudged();
            }
            case WORKED -> {
                times.add(nanos);
                endpoint.worked();
                if (isCounted()) {
                    breaker.onSuccess(nanos, TimeUnit.NANOSECONDS);
                }
            }
            case FAILED -> {
                times.add(nanos);
                failed(nanos);
            }
            case REFUSED -> {
                endpoint.refused();
                unjudged();
            }
            case UNREACHED -> failed(nanos);
        }
    }

    private void failed(long nanos) {
        endpoint.failed();
        if (isCounted()) {
            breaker.onError(nanos, TimeUnit.NANOSECONDS, new IllegalStateException("the agent failed"));
        }
    }

    private void unjudged() {
        if (isCounted()) {
            breaker.releasePermission();
        }
    }

    /** Not a run that began before the trials that there are now, or were since: it is none of them, and says what was before. */
    @SuppressWarnings("ReferenceEquality") // which they are, not what they say
    private boolean isCounted() {
        return breaker.getMetrics() == counts;
    }
}
