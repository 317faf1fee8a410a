package io.agentrouter.gateway.endpoint;

import static java.util.Objects.requireNonNull;

import io.agentrouter.gateway.catalog.AgentType;
import io.agentrouter.gateway.catalog.Catalog;
import io.agentrouter.gateway.catalog.EndpointSettings;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The pods of all agent types, as far as they are known, and who of them gets the next run. */
public final class Endpoints implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Endpoints.class);

    private final Map<String, Fleet> fleets;
    private final EndpointSettings settings;
    private final List<Consumer<Endpoint>> farewells = new CopyOnWriteArrayList<>();

    Endpoints(Catalog catalog, EndpointSource source, SlotsClient slots, EndpointSettings settings) {
        this.settings = settings;
        fleets = catalog.types().stream()
                .collect(Collectors.toMap(
                        AgentType::name,
                        type -> new Fleet(address -> open(type, address, slots), settings.slowStart())));
        catalog.types().forEach(type -> source.follow(type, pods -> update(type, pods)));
    }

    /**
     * Counts a run at a usable endpoint, as {@link PowerOfTwoChoices} says.
     *
     * @param tried endpoints that are out of the question
     * @return empty if there is no other
     */
    public Optional<Lease> take(AgentType type, Collection<Endpoint> tried) {
        List<Endpoint> usable = withoutEjected(usable(type));
        return PowerOfTwoChoices.take(
                tried.isEmpty()
                        ? usable
                        : usable.stream()
                                .filter(endpoint -> !tried.contains(endpoint))
                                .toList());
    }

    /** The endpoints that may get a run of this type: the ready ones, or, when there is none, those that were ready before. */
    public List<Endpoint> usable(AgentType type) {
        return fleet(type).usable();
    }

    /** Whether the endpoints of this type were ever heard of. */
    public boolean areKnown(AgentType type) {
        return fleet(type).isKnown();
    }

    /** Whether the endpoints of every type were ever heard of. */
    public boolean areKnown() {
        return fleets.values().stream().allMatch(Fleet::isKnown);
    }

    /** Calls back with each endpoint whose pod is gone. */
    public void onGone(Consumer<Endpoint> farewell) {
        farewells.add(farewell);
    }

    /** Of those that should be left out, only as many as may be. */
    private List<Endpoint> withoutEjected(List<Endpoint> usable) {
        int mayBeOut = usable.size() * settings.ejection().maxPercent() / 100;
        Set<Endpoint> out =
                usable.stream().filter(Endpoint::isOut).limit(mayBeOut).collect(Collectors.toSet());
        return out.isEmpty()
                ? usable
                : usable.stream().filter(endpoint -> !out.contains(endpoint)).toList();
    }

    private Endpoint open(AgentType type, Address address, SlotsClient slots) {
        var endpoint = new Endpoint(address, type.resources().slots(), settings.ejection());
        if (type.reportsSlots()) {
            slots.listen(endpoint);
        }
        return endpoint;
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
