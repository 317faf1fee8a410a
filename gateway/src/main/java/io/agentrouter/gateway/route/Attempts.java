package io.agentrouter.gateway.route;

import io.agentrouter.gateway.catalog.Timeouts;
import io.agentrouter.gateway.endpoint.Endpoint;
import io.agentrouter.gateway.endpoint.Endpoints;
import io.agentrouter.gateway.endpoint.Lease;
import io.agentrouter.gateway.problem.ProblemException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The pods that one request is sent to, one after the other, until one begins. */
final class Attempts {

    /** By then the address of a pod that drained may be that of one that serves again. */
    private static final Duration UNTIL_DRAINED = Duration.ofSeconds(1);

    private final Endpoints endpoints;
    private final int maxUnconnected;
    private final AgentCall call;
    private final Place place;
    private int unconnected;
    private long begun;
    private boolean counting;
    private @Nullable NotBegun why;

    Attempts(Endpoints endpoints, int maxUnconnected, AgentCall call, Place place) {
        this.endpoints = endpoints;
        this.maxUnconnected = maxUnconnected;
        this.call = call;
        this.place = place;
    }

    /**
     * A pod is asked.
     *
     * @return when the limit on the first byte began to count, by {@link System#nanoTime}: not while the request waited for a slot
     */
    long begin() {
        if (!counting) {
            begun = System.nanoTime();
            counting = true;
        }
        return begun;
    }

    /**
     * A slot of the next pod.
     *
     * @return fails with the {@link ProblemException} why no pod begins
     */
    Mono<Lease> next() {
        NotBegun last = why;
        if (last == null) {
            return slot();
        }
        if (!call.body().isWhole()) {
            return Mono.error(last.isSaid() ? place.ticket().refusedByPod(last.problem()) : last.problem());
        }
        if (last.isSaid()) {
            counting = false;
            return slot();
        }
        return mayConnect() ? slot() : Mono.error(last.problem());
    }

    /** Now, or as soon as it is this request's turn, for which no pod that was asked before is to blame. */
    private Mono<Lease> slot() {
        return place.ticket().take().map(Mono::just).orElseGet(() -> {
            counting = false;
            return place.await();
        });
    }

    /** Takes note of why a pod did not begin. One that is only busy for now is asked again when it has room, one that drains later. */
    void failed(Endpoint endpoint, NotBegun reason) {
        why = reason;
        switch (reason.reason()) {
            case BUSY -> {}
            case DRAINING -> place.ticket().exclude(endpoint, UNTIL_DRAINED);
            case UNCONNECTED -> {
                unconnected++;
                if (isOtherThan(endpoint)) {
                    place.ticket().exclude(endpoint, call.type().timeouts().total());
                }
            }
        }
    }

    /** Why the last pod that was asked did not begin; empty if none was. */
    Optional<NotBegun> failed() {
        return Optional.ofNullable(why);
    }

    /** A connection may also break while it is made: the only pod is asked again. */
    private boolean isOtherThan(Endpoint endpoint) {
        return endpoints.usable(call.type()).stream()
                .anyMatch(
                        other -> other != endpoint && !place.ticket().excluded().contains(other));
    }

    /** Also the last connection has to be given up before the client gives up waiting for a first byte. */
    private boolean mayConnect() {
        Timeouts timeouts = call.type().timeouts();
        Duration connected = Duration.ofNanos(System.nanoTime() - begun).plus(timeouts.connect());
        return unconnected < maxUnconnected && connected.compareTo(timeouts.firstByte()) <= 0;
    }
}
