package io.agentrouter.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/**
 * Measures the gateway beside other ways to the same mock agent, figure by figure in each round, and writes down what came of it. Called by {@code bench/run}.
 */
final class Bench {

    private final Setting setting;
    private final Plan plan;
    private final Results results = new Results();

    private Bench(Setting setting, Plan plan) {
        this.setting = setting;
        this.plan = plan;
    }

    static void main(String[] args) throws Exception {
        var setting = new Setting(
                Path.of(System.getProperty("bench.work")).toAbsolutePath(),
                Path.of(System.getProperty("bench.gateway.jar")),
                Path.of(System.getProperty("bench.gateway.cache")),
                System.getProperty("bench.jvm.options"),
                System.getProperty("bench.cgroup", ""));
        Plan plan = List.of(args).contains("--quick") ? Plan.QUICK : Plan.WHOLE;
        var bench = new Bench(setting, plan);
        bench.steady();
        bench.fresh();
        bench.memory();
        new Pods(setting, plan, bench.results).measure();
        Path docs = Path.of(System.getProperty("bench.docs"));
        Files.createDirectories(docs);
        new Report(bench.results).write(docs);
    }

    /** Each contender warmed up, then figure after figure, round after round. */
    private void steady() throws Exception {
        try (Contender mock = setting.mock();
                Contender direct = Contender.direct(mock.port());
                Contender gateway = setting.gateway(mock.port());
                Contender bare = setting.bare(mock.port());
                Contender stock = setting.stock(mock.port());
                Contender nginx = setting.nginx(List.of(mock.port()))) {
            List<Contender> all = new ArrayList<>(List.of(direct, nginx, bare, gateway, stock));
            for (Contender one : all) {
                say("Warming up " + one.name());
                Wrk.rate(one.uri(), one.usage().isPresent() ? plan.warmUp() : 5);
                streams(one, "warm-up", 128, plan.warmUp() * 2 / 5);
            }
            for (int round = 1; round <= plan.rounds(); round++) {
                say("Round " + round + " of " + plan.rounds());
                Collections.rotate(all, 1);
                each(all, this::highest);
                each(all, one -> rate(one, 200));
                each(all, one -> rate(one, 1000));
                each(all, one -> streams(one, "streams-128", 128, plan.seconds()));
                each(all, one -> streams(one, "streams-1000", 1000, plan.seconds()));
            }
        }
    }

    /** One right after the other, so that what else the machine does meets all of them. */
    private static void each(List<Contender> all, Measurement measurement) throws Exception {
        for (Contender one : all) {
            measurement.of(one);
        }
    }

    private interface Measurement {
        void of(Contender contender) throws Exception;
    }

    private void highest(Contender one) throws Exception {
        Optional<Double> before = one.usage().map(Usage::cpuSeconds);
        double rate = Wrk.rate(one.uri(), plan.seconds());
        Optional<Double> after = one.usage().map(Usage::cpuSeconds);
        results.add(one.name(), "max-rate", rate);
        cpu(one, "max-cpu", before, after, rate * plan.seconds());
    }

    private void rate(Contender one, int rate) throws IOException, InterruptedException {
        Vegeta.Answers answers = Vegeta.attack(one.uri(), rate, plan.seconds());
        percentiles(one, "rate-" + rate, answers.latencies());
        results.addFailed(one.name(), answers.failed());
    }

    /** So many streams at a time, of 50 events a second for two seconds each. */
    private void streams(Contender one, String name, int streams, int seconds) throws InterruptedException {
        try (var client = new StreamClient(one.uri(), "100/20")) {
            client.send(streams / 2.0, 3);
            client.take();
            Optional<Double> before = one.usage().map(Usage::cpuSeconds);
            client.send(streams / 2.0, seconds);
            Optional<Double> after = one.usage().map(Usage::cpuSeconds);
            StreamClient.Figures figures = client.take();
            if (!name.equals("warm-up")) {
                double events = (double) (figures.first.getTotalCount() + figures.gaps.getTotalCount());
                cpu(one, name + "-cpu", before, after, events);
                percentiles(one, name + "-ttft", figures.first);
                percentiles(one, name + "-itl", figures.gaps);
                results.addFailed(one.name(), figures.failed);
            }
            Thread.sleep(2500); // until the last have ended
        }
    }

    /** The first ten seconds of a process, against what it does later. */
    private void fresh() throws Exception {
        say("Fresh processes");
        try (Contender mock = setting.mock()) {
            Wrk.rate(mock.uri(), 5);
            for (int round = 0; round < plan.rounds(); round++) {
                for (Start start : starts()) {
                    try (Contender one = start.at(mock.port())) {
                        results.add(one.name(), "fresh-rate", Wrk.rate(one.uri(), 10));
                    }
                }
            }
        }
    }

    private interface Start {
        Contender at(int agentPort) throws Exception;
    }

    private List<Start> starts() {
        return List.of(agent -> setting.nginx(List.of(agent)), setting::bare, setting::gateway, setting::stock);
    }

    /** What a process holds while it carries many open streams, each with an event a second. */
    private void memory() throws Exception {
        for (int streams : plan.openStreams()) {
            say(streams + " open streams");
            try (Contender mock = setting.mock()) {
                for (Start start : starts()) {
                    try (Contender one = start.at(mock.port());
                            var client = new StreamClient(one.uri(), "40/1000")) {
                        client.send(1000, streams / 1000.0);
                        Thread.sleep(10_000);
                        StreamClient.Figures figures = client.take();
                        results.add(one.name(), "open-" + streams, figures.open);
                        results.add(
                                one.name(),
                                "memory-" + streams,
                                one.usage().orElseThrow().residentMiB());
                    }
                }
            }
        }
    }

    /** CPU seconds per 1,000 of what was done meanwhile. */
    private void cpu(Contender one, String name, Optional<Double> before, Optional<Double> after, double done) {
        if (before.isPresent() && after.isPresent()) {
            results.add(one.name(), name, (after.get() - before.get()) / done * 1000);
        }
    }

    private void percentiles(Contender one, String name, Histogram nanos) {
        results.add(one.name(), name + "-p50", nanos.getValueAtPercentile(50) / 1e6);
        results.add(one.name(), name + "-p99", nanos.getValueAtPercentile(99) / 1e6);
    }

    static void say(String what) {
        System.out.println(what);
    }
}
