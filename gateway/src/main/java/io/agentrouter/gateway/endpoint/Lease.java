package io.agentrouter.gateway.endpoint;

import java.util.concurrent.atomic.AtomicBoolean;

/** One run at an endpoint, counted there until this is closed. */
public final class Lease implements AutoCloseable {

    private final Endpoint endpoint;
    private final AtomicBoolean open = new AtomicBoolean(true);

    Lease(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    /** Where the run is. */
    public Endpoint endpoint() {
        return endpoint;
    }

    /** The run went as it should. */
    public void worked() {
        endpoint.worked();
    }

    /** The run failed, and the pod did wrong. */
    public void failed() {
        endpoint.failed();
    }

    /** Gives the run back, once, however often it is called. */
    @Override
    public void close() {
        if (open.compareAndSet(true, false)) {
            endpoint.end();
        }
    }
}
