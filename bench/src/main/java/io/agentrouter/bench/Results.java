package io.agentrouter.bench;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was measured of each contender, in each round. */
final class Results {

    private final Map<String, Map<String, List<Double>>> values = new LinkedHashMap<>();

    void add(String contender, String figure, double value) {
        values.computeIfAbsent(contender, name -> new LinkedHashMap<>())
                .computeIfAbsent(figure, name -> new ArrayList<>())
                .add(value);
        System.out.printf("  %-14s %-22s %.3f%n", contender, figure, value);
    }

    Collection<String> contenders() {
        return values.keySet();
    }

    boolean has(String contender, String figure) {
        return values.getOrDefault(contender, Map.of()).containsKey(figure);
    }

    /** NaN where it was not measured. */
    double median(String contender, String figure) {
        List<Double> sorted = values.getOrDefault(contender, Map.of()).getOrDefault(figure, List.of()).stream()
                .sorted()
                .toList();
        return sorted.isEmpty() ? Double.NaN : sorted.get(sorted.size() / 2);
    }

    /** What it has more than the direct way. */
    double added(String contender, String figure) {
        return median(contender, figure) - median("direct", figure);
    }
}
