package io.agentrouter.gateway.endpoint;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Which of several endpoints gets a run: of two taken at random the one with the lower load, where any has room of those that have.
 * Gateways that know the same do not all run to the same pod so (Mitzenmacher, The Power of Two Choices in Randomized Load
 * Balancing, 2001).
 */
final class PowerOfTwoChoices {

    private PowerOfTwoChoices() {}

    /** Counts a run at the one chosen; empty if there is none to choose from. */
    static Optional<Lease> take(List<Endpoint> candidates) {
        while (!candidates.isEmpty()) {
            List<Endpoint> withRoom =
                    candidates.stream().filter(one -> one.free() > 0).toList();
            Endpoint chosen = choose(withRoom.isEmpty() ? candidates : withRoom);
            int seen = chosen.outstanding();
            boolean stillSo = withRoom.isEmpty() || chosen.free() > 0;
            // Else another request came first, and this one may be better placed elsewhere.
            if (stillSo && chosen.begin(seen)) {
                return Optional.of(new Lease(chosen));
            }
        }
        return Optional.empty();
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
