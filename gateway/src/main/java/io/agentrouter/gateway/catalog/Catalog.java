package io.agentrouter.gateway.catalog;

import io.agentrouter.gateway.problem.ProblemException;
import io.agentrouter.gateway.problem.Quote;
import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.http.HttpStatus;
import org.springframework.util.unit.DataSize;

/** The agent types that the gateway knows, and the bounds that hold for all of them. */
public final class Catalog {

    private final SortedMap<String, AgentType> types = new TreeMap<>();
    private final DataSize maxBuffered;
    private final DataSize maxBufferedSum;
    private final int maxDepth;

    /**
     * Holds these types, by name.
     *
     * @throws IllegalArgumentException if two types have the same name
     */
    public Catalog(Collection<AgentType> types, DataSize maxBuffered, DataSize maxBufferedSum, int maxDepth) {
        for (AgentType type : types) {
            if (this.types.put(type.name(), type) != null) {
                throw new IllegalArgumentException("two agent types are named " + type.name());
            }
        }
        this.maxBuffered = maxBuffered;
        this.maxBufferedSum = maxBufferedSum;
        this.maxDepth = maxDepth;
    }

    /** The type of exactly this name. */
    public Optional<AgentType> find(String name) {
        return Optional.ofNullable(types.get(name));
    }

    /**
     * The type of exactly this name.
     *
     * @throws ProblemException {@code agent_type_unknown}, which lists the known ones
     */
    public AgentType get(String name) {
        return find(name)
                .orElseThrow(() -> ProblemException.invalid(
                        HttpStatus.NOT_FOUND,
                        "agent_type_unknown",
                        "There is no agent type " + Quote.of(name) + "; there are " + String.join(", ", types.keySet())
                                + "."));
    }

    /** All types, sorted by name. */
    public Collection<AgentType> types() {
        return Collections.unmodifiableCollection(types.values());
    }

    /** The largest body that is read before it is routed. */
    public DataSize maxBuffered() {
        return maxBuffered;
    }

    /** A request that came through so many agents is refused. */
    public int maxDepth() {
        return maxDepth;
    }

    /** The bound on all bodies held at once. */
    public DataSize maxBufferedSum() {
        return maxBufferedSum;
    }
}
