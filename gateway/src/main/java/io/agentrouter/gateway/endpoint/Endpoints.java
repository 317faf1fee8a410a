package io.agentrouter.gateway.endpoint;

import io.agentrouter.gateway.catalog.AgentType;
import io.agentrouter.gateway.catalog.Catalog;
import io.agentrouter.gateway.catalog.EndpointSettings;
import io.agentrouter.gateway.catalog.PerType;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** The pods of all agent types, as far as they are known, and who of them gets the next run. */
public final class Endpoints implements AutoCloseable {

    private final List<Consumer<Endpoint>> farewells = new CopyOnWriteArrayList<>();
    private final PerType<FollowedFleet> fleets;
    private volatile boolean wereKnown;

    Endpoints(
            Catalog catalog,
            EndpointSource source,
            SlotsClient slots,
            CircuitBreakerRegistry breakers,
            EndpointSettings settings) {
        fleets = new PerType<>(catalog, new PerType.Keeper<>() {

            @Override
            public FollowedFleet open(AgentType type) {
                var fleet = new Fleet(type, slots, breakers.circuitBreaker(type.name()), settings);
                return new FollowedFleet(fleet, source, type, Endpoints.this::gone);
            }

            @Override
            public void change(FollowedFleet fleet, AgentType before, AgentType type) {
                fleet.change(before, type);
            }

            @Override
            public void close(FollowedFleet fleet) {
                fleet.close();
                breakers.remove(fleet.fleet().name());
            }
        });
    }

    /**
     * Counts a run at an endpoint that has room, as {@link PowerOfTwoChoices} says.
     *
     * @param excluded endpoints that are out of the question
     * @return empty if none has
     */
    public Optional<Lease> take(AgentType type, Collection<Endpoint> excluded) {
        return fleet(type).take(excluded);
    }

    /** The endpoints that may get a run of this type: the ready ones, or, when there is none, those that were ready before. */
    public List<Endpoint> usable(AgentType type) {
        return fleet(type).usable();
    }

    /** How long the last runs of this type took, on average; zero while none was measured. */
    public Duration serviceTime(AgentType type) {
        return fleet(type).serviceTime();
    }

    /** How long no run of this type may begin, since its agents failed too often; zero while some may, if only on trial. */
    public Duration untilTrial(AgentType type) {
        return fleet(type).untilTrial();
    }

    /** How many slots this gateway may count on: the share that its runs have of all slots while others use them too. */
    public double share(AgentType type) {
        return fleet(type).share();
    }

    /** How often a pod of this type was left out for a while, since the start. */
    public long ejections(AgentType type) {
        return fleet(type).ejections();
    }

    /** Whether the endpoints of this type were ever heard of. */
    public boolean areKnown(AgentType type) {
        return fleet(type).isKnown();
    }

    /** Whether there was a moment when the endpoints of every type had been heard of. */
    public boolean wereKnown() {
        if (!wereKnown) {
            wereKnown = fleets.all().stream().allMatch(fleet -> fleet.fleet().isKnown());
        }
        return wereKnown;
    }

    /** Calls back whenever there may be more room for this type than before. */
    public void onRoom(AgentType type, Runnable room) {
        fleet(type).onRoom(room);
    }

    /** Calls back with each endpoint whose pod is gone. */
    public void onGone(Consumer<Endpoint> farewell) {
        farewells.add(farewell);
    }

    /** Listens to no pod any more. */
    @Override
    public void close() {
        fleets.all().forEach(FollowedFleet::close);
    }

    private Fleet fleet(AgentType type) {
        return fleets.get(type).fleet();
    }

    private void gone(Endpoint endpoint) {
        endpoint.leave();
        farewells.forEach(farewell -> farewell.accept(endpoint));
    }
}
