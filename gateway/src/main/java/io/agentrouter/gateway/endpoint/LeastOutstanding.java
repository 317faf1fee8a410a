package io.agentrouter.gateway.endpoint;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** Which of several endpoints gets a run: one that has the fewest, any of those that are equal. */
final class LeastOutstanding {

    private LeastOutstanding() {}

    /** Counts a run at the one chosen; empty if there is none to choose from. */
    static Optional<Lease> take(List<Endpoint> candidates) {
        while (true) {
            Endpoint least = null;
            int fewest = Integer.MAX_VALUE;
            int equals = 0;
            for (Endpoint candidate : candidates) {
                int runs = candidate.outstanding();
                if (runs < fewest) {
                    least = candidate;
                    fewest = runs;
                    equals = 1;
                } else if (runs == fewest && oneIn(++equals)) {
                    least = candidate;
                }
            }
            if (least == null) {
                return Optional.empty();
            }
            // Else another request came first, and this one may be better placed elsewhere.
            if (least.begin(fewest)) {
                return Optional.of(new Lease(least));
            }
        }
    }

    private static boolean oneIn(int count) {
        return ThreadLocalRandom.current().nextInt(count) == 0;
    }
}
