package io.agentrouter.gateway.endpoint;

import io.agentrouter.gateway.catalog.AgentType;
import io.agentrouter.gateway.catalog.EndpointSettings;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The pods of one agent type. What is known of a pod, its outstanding runs above all, stays as long as the pod. */
final class Fleet implements Endpoint.Events {

    private final SlotsClient slots;
    private final CircuitBreaker breaker;
    private final NextTrial nextTrial;
    private final EndpointSettings settings;
    private final ServiceTimes times = new ServiceTimes();
    private final LongAdder ejections = new LongAdder();
    private final List<Runnable> rooms = new CopyOnWriteArrayList<>();
    private final Map<Address, Endpoint> endpoints = new HashMap<>();
    private final Set<Address> wereReady = new HashSet<>();
    private volatile AgentType type;
    private volatile @Nullable List<Endpoint> usable;

    /** Knows of no pod yet. */
    Fleet(AgentType type, SlotsClient slots, CircuitBreaker breaker, EndpointSettings settings) {
        this.type = type;
        this.slots = slots;
        this.breaker = breaker;
        this.nextTrial = new NextTrial(breaker, settings.breaker().open());
        this.settings = settings;
    }

    String name() {
        return type.name();
    }

    /** Other settings, for the pods that it has too. */
    synchronized void change(AgentType next) {
        type = next;
        endpoints.values().forEach(endpoint -> endpoint.assume(next.resources().slots()));
    }

    /** Counts a run at one that has room and is not excluded: at one that should be left out, if there is no other. */
    Optional<Lease> take(Collection<Endpoint> excluded) {
        List<Endpoint> candidates = without(excluded, withoutEjected());
        return PowerOfTwoChoices.take(candidates.isEmpty() ? without(excluded, usable()) : candidates)
                .map(endpoint -> new Lease(endpoint, times, breaker));
    }

    private static List<Endpoint> without(Collection<Endpoint> excluded, List<Endpoint> candidates) {
        return excluded.isEmpty()
                ? candidates
                : candidates.stream()
                        .filter(endpoint -> !excluded.contains(endpoint))
                        .toList();
    }

    /** Of those that should be left out, only as many as may be. */
    private List<Endpoint> withoutEjected() {
        List<Endpoint> all = usable();
        if (all.stream().noneMatch(Endpoint::isOut)) {
            return all;
        }
        int mayBeOut = all.size() * settings.ejection().maxPercent() / 100;
        Set<Endpoint> out = all.stream().filter(Endpoint::isOut).limit(mayBeOut).collect(Collectors.toSet());
        return all.stream().filter(endpoint -> !out.contains(endpoint)).toList();
    }

    Duration serviceTime() {
        return times.mean();
    }

    Duration untilTrial() {
        return nextTrial.left();
    }

    double share() {
        int all = 0;
        int own = 0;
        int ofAnyone = 0;
        for (Endpoint endpoint : usable()) {
            all += endpoint.slots();
            own += endpoint.outstanding();
            ofAnyone += endpoint.runs();
        }
        return own == 0 ? all : (double) all * own / ofAnyone;
    }

    /** Calls back whenever there may be more room than before. */
    void onRoom(Runnable room) {
        rooms.add(room);
    }

    @Override
    public void room() {
        rooms.forEach(Runnable::run);
    }

    @Override
    public void ejected() {
        ejections.increment();
    }

    /** How often one of its pods was left out since the start. */
    long ejections() {
        return ejections.sum();
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
    List<Endpoint> update(List<Pod> pods) {
        List<Endpoint> gone = change(pods);
        room();
        return gone;
    }

    private synchronized List<Endpoint> change(List<Pod> pods) {
        Set<Address> present = pods.stream().map(Pod::address).collect(Collectors.toSet());
        List<Endpoint> gone = removeAllBut(present);
        List<Endpoint> ready = new ArrayList<>();
        List<Endpoint> readyBefore = new ArrayList<>();
        for (Pod pod : pods) {
            Endpoint endpoint = endpoints.computeIfAbsent(pod.address(), this::open);
            if (pod.terminating()) {
                continue;
            }
            if (pod.ready()) {
                if (wereReady.add(pod.address()) && isKnown()) {
                    endpoint.warmUp(settings.slowStart());
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

    private Endpoint open(Address address) {
        var endpoint = new Endpoint(address, type.resources().slots(), settings.ejection(), this);
        if (type.reportsSlots()) {
            slots.listen(endpoint);
        }
        return endpoint;
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
