package io.agentrouter.e2e.cluster;

import io.agentrouter.e2e.cluster.client.Outcome;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What tests measured, on standard output. */
final class Figures {

    private Figures() {}

    static void print(String line) {
        System.out.println("[cluster] " + line);
    }

    static String of(Outcome one) {
        return "%s: status %d, first text after %d ms, end after %d ms%s"
                .formatted(
                        one.plan(),
                        one.status(),
                        one.firstMillis(),
                        one.millis(),
                        one.problem().isEmpty() ? "" : ": " + one.problem());
    }

    /** A line for each plan, and one for each thing that went wrong. */
    static void print(Collection<Outcome> outcomes) {
        Map<String, List<Outcome>> byPlan =
                outcomes.stream().collect(Collectors.groupingBy(Outcome::plan, TreeMap::new, Collectors.toList()));
        byPlan.forEach((plan, all) -> {
            long complete = all.stream().filter(Outcome::complete).count();
            print("%s: %d requests, %d whole, %d not; first text after %d ms (median), %d ms (longest)"
                    .formatted(plan, all.size(), complete, all.size() - complete, first(all, 0.5), first(all, 1)));
        });
        outcomes.stream().filter(one -> !one.complete()).forEach(one -> print("not whole: " + of(one)));
    }

    private static long first(List<Outcome> outcomes, double share) {
        long[] sorted =
                outcomes.stream().mapToLong(Outcome::firstMillis).sorted().toArray();
        return sorted[(int) Math.min(sorted.length - 1, share * sorted.length)];
    }
}
