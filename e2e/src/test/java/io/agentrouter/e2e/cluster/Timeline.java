package io.agentrouter.e2e.cluster;

import static java.util.Objects.requireNonNull;

import io.agentrouter.e2e.cluster.client.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** The pods of workloads, looked at all the time while this is open, and what became of the requests meanwhile. */
final class Timeline implements AutoCloseable {

    private static final Duration EVERY = Duration.ofMillis(500);
    private static final int SLICE_SECONDS = 5;

    private final Instant begin = Instant.now();
    private final Map<String, List<Pods>> pods = new TreeMap<>();
    private final List<CompletableFuture<Void>> watches = new ArrayList<>();
    private final Map<String, List<Outcome>> outcomes = new TreeMap<>();
    private volatile boolean open = true;

    private record Pods(Instant at, int wanted, int ready) {}

    Timeline(List<Workload> workloads) {
        for (Workload workload : workloads) {
            List<Pods> seen = new CopyOnWriteArrayList<>();
            pods.put(workload.name(), seen);
            watches.add(CompletableFuture.runAsync(
                    () -> watch(workload, seen), task -> Thread.ofVirtual().start(task)));
        }
    }

    void add(String name, List<Outcome> some) {
        outcomes.put(name, some);
    }

    /** The most that its autoscaler wanted since then. */
    int mostPods(Workload workload, Instant since) {
        return seen(workload)
                .filter(some -> some.at().isAfter(since))
                .mapToInt(Pods::wanted)
                .max()
                .orElseThrow();
    }

    /** The fewest ready pods that it was seen to have. */
    int fewestReady(Workload workload) {
        return seen(workload).mapToInt(Pods::ready).min().orElseThrow();
    }

    /** A watch that is over while this is open broke off, and says here why. */
    private Stream<Pods> seen(Workload workload) {
        watches.stream().filter(CompletableFuture::isDone).forEach(CompletableFuture::join);
        return requireNonNull(pods.get(workload.name())).stream();
    }

    void plot(Path file) {
        Plot plot = new Plot(sinceBegin(Instant.now()));
        Plot.Panel requests = plot.panel("requests in progress");
        outcomes.forEach((name, some) -> requests.steps(name, inProgress(some)));
        Plot.Panel ready = plot.panel("ready pods");
        pods.forEach((name, some) -> ready.steps(
                name.replace("-agent", ""),
                some.stream()
                        .map(one -> new Plot.Point(sinceBegin(one.at()), one.ready()))
                        .toList()));
        Plot.Panel first = plot.panel("seconds to the first text");
        outcomes.forEach((name, some) -> first.dots(
                name,
                some.stream()
                        .map(one -> new Plot.Point(sinceBegin(one), one.firstMillis() / 1000.0))
                        .toList()));
        plot.write(file);
    }

    private List<Plot.Point> inProgress(List<Outcome> some) {
        List<Plot.Point> points = new ArrayList<>();
        for (int at = 0; at <= sinceBegin(Instant.now()); at += SLICE_SECONDS) {
            double now = at;
            long count = some.stream()
                    .filter(one -> sinceBegin(one) <= now && now < sinceBegin(one) + one.millis() / 1000.0)
                    .count();
            points.add(new Plot.Point(now, count));
        }
        return points;
    }

    private void watch(Workload workload, List<Pods> seen) {
        while (open) {
            seen.add(new Pods(
                    Instant.now(), workload.replicas(), workload.readyPods().size()));
            LockSupport.parkNanos(EVERY.toNanos());
        }
    }

    private double sinceBegin(Outcome one) {
        return sinceBegin(Instant.ofEpochMilli(one.began()));
    }

    private double sinceBegin(Instant at) {
        return Duration.between(begin, at).toMillis() / 1000.0;
    }

    @Override
    public void close() {
        open = false;
    }
}
