package io.agentrouter.gateway.endpoint;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Which of several endpoints gets a run: of two taken at random, the one with the lower load. Gateways that know the same do
 * not all run to the same pod so (Mitzenmacher, The Power of Two Choices in Randomized Load Balancing, 2001).
 */
final class PowerOfTwoChoices {

    private PowerOfTwoChoices() {}

    /** Counts a run at the one chosen; empty if none has room. */
    static Optional<Endpoint> take(List<Endpoint> candidates) {
        List<Endpoint> withRoom = withRoom(candidates);
        while (!withRoom.isEmpty()) {
            Endpoint chosen = choose(withRoom);
            int seen = chosen.outstanding();
            if (chosen.free() > 0 && chosen.begin(seen)) {
                return Optional.of(chosen);
            }
            // Another request came first, and this one may be better placed elsewhere.
            withRoom = withRoom(candidates);
        }
        return Optional.empty();
    }

    private static List<Endpoint> withRoom(List<Endpoint> candidates) {
        return candidates.stream().filter(one -> one.free() > 0).toList();
    }

    private static Endpoint choose(List<Endpoint> candidates) {
        if (candidates.size() == 1) {
            return candidates.getFirst();
        }
        int one = ThreadLocalRandom.current().nextInt(candidates.size());
        int other = ThreadLocalRandom.current().nextInt(candidates.size() - 1);
        Endpoint first = candidates.get(one);
        Endpoint second = candidates.get(other < one ? other : other + 1);
        return second.load() < first.load() ? second : first;
    }
}
