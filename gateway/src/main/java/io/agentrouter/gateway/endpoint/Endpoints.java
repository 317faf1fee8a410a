package io.agentrouter.gateway.endpoint;

import static java.util.Objects.requireNonNull;

import io.agentrouter.gateway.catalog.AgentType;
import io.agentrouter.gateway.catalog.Catalog;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The pods of all agent types, as far as they are known, and who of them gets the next run. */
public final class Endpoints implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Endpoints.class);

    private final Map<String, Fleet> fleets;
    private final List<Consumer<Endpoint>> farewells = new CopyOnWriteArrayList<>();

    Endpoints(Catalog catalog, EndpointSource source, Function<AgentType, Fleet> fleet) {
        fleets = catalog.types().stream().collect(Collectors.toMap(AgentType::name, fleet));
        catalog.types().forEach(type -> source.follow(type, pods -> update(type, pods)));
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

    /** Whether the endpoints of every type were ever heard of. */
    public boolean areKnown() {
        return fleets.values().stream().allMatch(Fleet::isKnown);
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
        fleets.values().forEach(Fleet::close);
    }

    private Fleet fleet(AgentType type) {
        return requireNonNull(fleets.get(type.name()));
    }

    private void update(AgentType type, List<Pod> pods) {
        Fleet fleet = fleet(type);
        List<Endpoint> before = fleet.usable();
        List<Endpoint> gone = fleet.update(pods);
        if (!before.equals(fleet.usable())) {
            log.info("{} runs on {}", type.name(), fleet.usable());
        }
        gone.forEach(Endpoint::leave);
        gone.forEach(endpoint -> farewells.forEach(farewell -> farewell.accept(endpoint)));
    }
}
