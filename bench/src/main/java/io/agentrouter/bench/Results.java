package io.agentrouter.bench;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.IntStream;

/** What was measured of each contender, in each round. */
final class Results {

    private final Map<String, Map<String, List<Double>>> values = new LinkedHashMap<>();

    void add(String contender, String figure, double value) {
        values.computeIfAbsent(contender, name -> new LinkedHashMap<>())
                .computeIfAbsent(figure, name -> new ArrayList<>())
                .add(value);
        System.out.printf("  %-14s %-22s %.3f%n", contender, figure, value);
    }

    /** Counts requests that failed, if any did. */
    void addFailed(String contender, long failed) {
        if (failed > 0) {
            add(contender, "failed", (double) failed);
        }
    }

    Collection<String> contenders() {
        return values.keySet();
    }

    boolean has(String contender, String figure) {
        return values.getOrDefault(contender, Map.of()).containsKey(figure);
    }

    /** NaN where it was not measured. */
    double median(String contender, String figure) {
        return median(values(contender, figure));
    }

    /** Over all rounds; 0 where there is nothing. */
    double sum(String contender, String figure) {
        return values(contender, figure).stream()
                .mapToDouble(Double::doubleValue)
                .sum();
    }

    /** What it has more than the direct way, which is set against it round by round: the machine is not as fast in each. */
    double added(String contender, String figure) {
        return against("direct", contender, figure, (own, direct) -> own - direct);
    }

    /** What it has of another's, likewise. */
    double share(String contender, String figure, String other) {
        return against(other, contender, figure, (own, others) -> own / others);
    }

    private double against(String other, String contender, String figure, DoubleBinaryOperator operator) {
        List<Double> own = values(contender, figure);
        List<Double> others = values(other, figure);
        return median(IntStream.range(0, own.size())
                .mapToObj(round -> operator.applyAsDouble(own.get(round), others.get(round)))
                .toList());
    }

    private List<Double> values(String contender, String figure) {
        return values.getOrDefault(contender, Map.of()).getOrDefault(figure, List.of());
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.isEmpty() ? Double.NaN : sorted.get(sorted.size() / 2);
    }
}
