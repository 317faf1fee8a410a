package io.agentrouter.gateway.catalog;

import static java.util.stream.Collectors.toMap;

import io.agentrouter.gateway.problem.ProblemException;
import io.agentrouter.gateway.problem.Quote;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.util.unit.DataSize;

/** The agent types that the gateway knows now, and the bounds that hold for all of them. */
public final class Catalog {

    private static final Logger log = LoggerFactory.getLogger(Catalog.class);

    private final DataSize maxBuffered;
    private final DataSize maxBufferedSum;
    private final int maxDepth;
    private final Set<Origin> expected;
    private final Map<Origin, Told> told = new EnumMap<>(Origin.class);
    private final List<Consumer<Collection<AgentType>>> followers = new ArrayList<>();
    private volatile SortedMap<String, AgentType> types = Collections.emptySortedMap();
    private volatile List<String> problems = List.of();
    private volatile boolean complete;

    /** Where types come from. Of two types of one name that of the first origin counts. */
    enum Origin {
        CONFIGURATION,
        SERVICES
    }

    /**
     * What an origin says.
     *
     * @param types by name
     * @param problems what of it is wrong, and does not count
     */
    record Told(Map<String, AgentType> types, List<String> problems) {}

    /**
     * Knows of no type yet.
     *
     * @param expected without which it is not complete
     */
    Catalog(Set<Origin> expected, DataSize maxBuffered, DataSize maxBufferedSum, int maxDepth) {
        this.expected = Set.copyOf(expected);
        this.maxBuffered = maxBuffered;
        this.maxBufferedSum = maxBufferedSum;
        this.maxDepth = maxDepth;
    }

    /** Takes in all that an origin says now, at once. */
    synchronized void tell(Origin origin, Told now) {
        told.put(origin, now);
        List<String> wrong =
                told.values().stream().flatMap(one -> one.problems().stream()).toList();
        if (!wrong.equals(problems)) {
            problems = wrong;
            wrong.forEach(problem -> log.warn("Not in the catalog: {}", problem));
        }
        var next = told.values().stream()
                .flatMap(one -> one.types().values().stream())
                .collect(toMap(AgentType::name, Function.identity(), (first, other) -> first, TreeMap::new));
        if (!next.equals(types)) {
            log.info("Agent types: {}", String.join(", ", next.keySet()));
            followers.forEach(follower -> tell(follower, next.values()));
            types = next;
        }
        complete = told.keySet().containsAll(expected);
    }

    private static void tell(Consumer<Collection<AgentType>> follower, Collection<AgentType> next) {
        try {
            follower.accept(next);
        } catch (RuntimeException defect) {
            // Of that follower; were the types left as they were, so would be all that is told later.
            log.error("A change of the agent types was not taken in everywhere", defect);
        }
    }

    /** Hands all types over now, and before any change of them comes into force. */
    synchronized void follow(Consumer<Collection<AgentType>> follower) {
        followers.add(follower);
        follower.accept(types());
    }

    /** Whether every origin of types was heard once. */
    public boolean isComplete() {
        return complete;
    }

    /** What is wrong with what was told last of types, which therefore does not count; empty if nothing is. */
    public List<String> problems() {
        return problems;
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
