package io.agentrouter.gateway.endpoint;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Which of several endpoints gets a run: of two taken at random among those with room, the one with the lower load. Gateways that
 * know the same do not all run to the same pod so (Mitzenmacher, The Power of Two Choices in Randomized Load Balancing, 2001).
 */
final class PowerOfTwoChoices {

    private PowerOfTwoChoices() {}

    /** Counts a run at the one chosen; empty if none has room. */
    static Optional<Endpoint> take(List<Endpoint> candidates) {
        while (true) {
            Endpoint chosen = choose(candidates);
            if (chosen == null) {
                return Optional.empty();
            }
            int seen = chosen.outstanding();
            if (chosen.free() > 0 && chosen.begin(seen)) {
                return Optional.of(chosen);
            }
            // Another request came first, and this one may be better placed elsewhere.
        }
    }

    /** The two are looked for among all first, where as a rule both have room. */
    private static @Nullable Endpoint choose(List<Endpoint> candidates) {
        if (candidates.size() > 1) {
            Endpoint lighter = lighterOfTwo(candidates);
            if (lighter != null) {
                return lighter;
            }
        }
        List<Endpoint> withRoom =
                candidates.stream().filter(one -> one.free() > 0).toList();
        return switch (withRoom.size()) {
            case 0 -> null;
            case 1 -> withRoom.getFirst();
            default -> Objects.requireNonNullElse(lighterOfTwo(withRoom), withRoom.getFirst());
        };
    }

    /** Null if one of the two has no room. */
    private static @Nullable Endpoint lighterOfTwo(List<Endpoint> candidates) {
        int one = ThreadLocalRandom.current().nextInt(candidates.size());
        int other = ThreadLocalRandom.current().nextInt(candidates.size() - 1);
        Endpoint first = candidates.get(one);
        Endpoint second = candidates.get(other < one ? other : other + 1);
        if (first.free() == 0 || second.free() == 0) {
            return null;
        }
        return second.load() < first.load() ? second : first;
    }
}
