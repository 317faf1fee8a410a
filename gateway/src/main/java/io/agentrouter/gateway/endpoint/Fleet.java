package io.agentrouter.gateway.endpoint;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The pods of one agent type. What is known of a pod, its outstanding runs above all, stays as long as the pod. */
final class Fleet {

    private final Function<Address, Endpoint> open;
    private final Duration slowStart;
    private final Map<Address, Endpoint> endpoints = new HashMap<>();
    private final Set<Address> wereReady = new HashSet<>();
    private volatile @Nullable List<Endpoint> usable;

    /**
     * Knows of no pod yet.
     *
     * @param open makes the endpoint of a pod that is new
     * @param slowStart how long pods that come later warm up
     */
    Fleet(Function<Address, Endpoint> open, Duration slowStart) {
        this.open = open;
        this.slowStart = slowStart;
    }

    /** Whether anything was ever heard of its pods. */
    boolean isKnown() {
        return usable != null;
    }

    /** Those that may get a run. */
    List<Endpoint> usable() {
        List<Endpoint> now = usable;
        return now == null ? List.of() : now;
    }

    /**
     * Takes in what there is now.
     *
     * @return the endpoints of pods that are gone
     */
    synchronized List<Endpoint> update(List<Pod> pods) {
        Set<Address> present = pods.stream().map(Pod::address).collect(Collectors.toSet());
        List<Endpoint> gone = removeAllBut(present);
        List<Endpoint> ready = new ArrayList<>();
        List<Endpoint> readyBefore = new ArrayList<>();
        for (Pod pod : pods) {
            Endpoint endpoint = endpoints.computeIfAbsent(pod.address(), open);
            if (pod.terminating()) {
                continue;
            }
            if (pod.ready()) {
                if (wereReady.add(pod.address()) && isKnown()) {
                    endpoint.warmUp(slowStart);
                }
                ready.add(endpoint);
            } else if (wereReady.contains(pod.address())) {
                readyBefore.add(endpoint);
            }
        }
        // Pods that fail together, because Redis is away, do so one after the other: the last one was not the only good
        // one.
        usable = List.copyOf(ready.isEmpty() ? readyBefore : ready);
        return gone;
    }

    /** All of its pods count as gone. */
    synchronized void close() {
        endpoints.values().forEach(Endpoint::leave);
    }

    private List<Endpoint> removeAllBut(Set<Address> present) {
        List<Endpoint> gone = new ArrayList<>();
        endpoints.forEach((address, endpoint) -> {
            if (!present.contains(address)) {
                gone.add(endpoint);
            }
        });
        endpoints.keySet().retainAll(present);
        wereReady.retainAll(present);
        return gone;
    }
}
