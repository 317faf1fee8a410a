package io.agentrouter.gateway.catalog;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.publisher.Mono;

/** One thing for each agent type of a catalog: made before the type is in force, ended when no request of it can be under way. */
public final class PerType<T> {

    private final Catalog catalog;
    private final Keeper<T> keeper;
    private final Map<String, Kept<T>> things = new ConcurrentHashMap<>();

    private record Kept<T>(AgentType type, T thing) {}

    /** Makes, changes and ends the things. */
    public interface Keeper<T> {

        /** The thing of a new type. */
        T open(AgentType type);

        /** The settings of its type are others from now on. */
        void change(T thing, AgentType before, AgentType type);

        /** Its type is no more. */
        void close(T thing);
    }

    /** Follows the catalog from now on. */
    public PerType(Catalog catalog, Keeper<T> keeper) {
        this.catalog = catalog;
        this.keeper = keeper;
        catalog.follow(this::update);
    }

    /** The thing of a type that a request came in for. */
    public T get(AgentType type) {
        return requireNonNull(things.get(type.name())).thing();
    }

    /** The things of all types. */
    public Collection<T> all() {
        return things.values().stream().map(Kept::thing).toList();
    }

    private void update(Collection<AgentType> types) {
        types.forEach(this::update);
        things.values().stream()
                .map(Kept::type)
                .filter(type -> types.stream().noneMatch(other -> other.name().equals(type.name())))
                // The longest that a request takes that came in before.
                .forEach(gone -> Mono.delay(gone.timeouts().total()).subscribe(later -> close(gone)));
    }

    private void update(AgentType type) {
        Kept<T> kept = things.get(type.name());
        if (kept == null) {
            things.put(type.name(), new Kept<>(type, keeper.open(type)));
        } else if (!kept.type().equals(type)) {
            things.put(type.name(), new Kept<>(type, kept.thing()));
            keeper.change(kept.thing(), kept.type(), type);
        }
    }

    /** Unless it came back meanwhile. */
    private void close(AgentType type) {
        if (catalog.find(type.name()).isEmpty()) {
            Kept<T> kept = things.remove(type.name());
            if (kept != null) {
                keeper.close(kept.thing());
            }
        }
    }
}
