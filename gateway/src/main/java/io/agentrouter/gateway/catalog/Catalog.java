package io.agentrouter.gateway.catalog;

import java.util.Collection;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.util.unit.DataSize;

/** The agent types that the gateway knows, and the bounds that hold for all of them. */
public final class Catalog {

    private final SortedMap<String, AgentType> types = new TreeMap<>();
    private final DataSize maxBuffered;
    private final DataSize maxBufferedSum;

    /**
     * Holds these types, by name.
     *
     * @throws IllegalArgumentException if two types have the same name
     */
    public Catalog(Collection<AgentType> types, DataSize maxBuffered, DataSize maxBufferedSum) {
        for (AgentType type : types) {
            if (this.types.put(type.name(), type) != null) {
                throw new IllegalArgumentException("two agent types are named " + type.name());
            }
        }
        this.maxBuffered = maxBuffered;
        this.maxBufferedSum = maxBufferedSum;
    }

    /** The type of exactly this name. */
    public Optional<AgentType> find(String name) {
        return Optional.ofNullable(types.get(name));
    }

    /** All types, sorted by name. */
    public Collection<AgentType> types() {
        return types.values();
    }

    /** The largest body that is read before it is routed. */
    public DataSize maxBuffered() {
        return maxBuffered;
    }

    /** The bound on all bodies held at once. */
    public DataSize maxBufferedSum() {
        return maxBufferedSum;
    }
}
