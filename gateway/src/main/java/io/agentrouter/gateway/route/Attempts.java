package io.agentrouter.gateway.route;

import io.agentrouter.gateway.catalog.Timeouts;
import io.agentrouter.gateway.endpoint.Endpoint;
import io.agentrouter.gateway.endpoint.Endpoints;
import io.agentrouter.gateway.endpoint.Lease;
import io.agentrouter.gateway.problem.ProblemException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The pods that one request is sent to, one after the other and each once, until one begins. */
final class Attempts {

    private final Endpoints endpoints;
    private final int max;
    private final AgentCall call;
    private final long begun = System.nanoTime();
    private final Set<Endpoint> tried = new HashSet<>();
    private @Nullable NotBegun why;

    Attempts(Endpoints endpoints, int max, AgentCall call) {
        this.endpoints = endpoints;
        this.max = max;
        this.call = call;
    }

    /** When the first of them began, by {@link System#nanoTime}. */
    long begun() {
        return begun;
    }

    /**
     * The next pod, whose lease the caller closes.
     *
     * @throws ProblemException why no pod begins, if there is no next one
     */
    Lease next() {
        if (why != null && !mayGoOn()) {
            throw why.problem();
        }
        Lease lease = endpoints.take(call.type(), tried).orElseThrow(this::noOther);
        tried.add(lease.endpoint());
        return lease;
    }

    /** Takes note of why the last one did not begin. What a pod said counts more than that another is not there. */
    void failed(NotBegun reason) {
        if (why == null || reason.isSaid() || !why.isSaid()) {
            why = reason;
        }
    }

    /** Also the last connection has to be given up before the client gives up waiting for a first byte. */
    private boolean mayGoOn() {
        Timeouts timeouts = call.type().timeouts();
        Duration connected = Duration.ofNanos(System.nanoTime() - begun).plus(timeouts.connect());
        return tried.size() < max && call.body().isWhole() && connected.compareTo(timeouts.firstByte()) <= 0;
    }

    private ProblemException noOther() {
        return why == null ? Failures.noEndpoint(call.type(), endpoints.areKnown(call.type())) : why.problem();
    }
}
