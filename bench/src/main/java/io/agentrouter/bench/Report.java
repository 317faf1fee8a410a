package io.agentrouter.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The figures as a table in {@code benchmarks.md}, and two plots beside it. */
final class Report {

    private static final List<String> PROXIES = List.of("nginx", Setting.BARE, Setting.GATEWAY, Setting.STOCK);

    private static final String BEGIN = "<!-- measured -->";
    private static final String END = "<!-- /measured -->";

    private final Results results;
    private final StringBuilder table = new StringBuilder();

    Report(Results results) {
        this.results = results;
    }

    void write(Path directory) throws IOException {
        table.append("| figure | direct | ")
                .append(String.join(" | ", PROXIES))
                .append(" |\n|---|---|")
                .append("---|".repeat(PROXIES.size()))
                .append('\n');
        row("highest rate, requests a second", "max-rate");
        for (String other : List.of("direct", Setting.BARE, Setting.STOCK)) {
            row("as a share of " + other, name -> results.share(name, "max-rate", other));
        }
        row("CPU seconds per 1,000 requests, there", "max-cpu");
        for (int rate : List.of(200, 1000)) {
            pair("added at %,d requests a second, p50 / p99, ms".formatted(rate), "rate-" + rate);
        }
        for (int streams : List.of(128, 1000)) {
            pair(
                    "added to the first event at %,d streams, p50 / p99, ms".formatted(streams),
                    "streams-" + streams + "-ttft");
            pair(
                    "added between two events at %,d streams, p50 / p99, ms".formatted(streams),
                    "streams-" + streams + "-itl");
            row("CPU seconds per 1,000 events, there", "streams-" + streams + "-cpu");
        }
        row("first 10 s of a fresh process, requests a second", "fresh-rate");
        row(
                "as a share of its own highest rate",
                name -> results.median(name, "fresh-rate") / results.median(name, "max-rate"));
        for (int streams : List.of(1_000, 5_000, 9_500)) {
            if (results.has(Setting.GATEWAY, "memory-" + streams)) {
                row("memory with %,d open streams, MiB".formatted(streams), "memory-" + streams);
                row("streams that were open then", "open-" + streams);
            }
        }
        row("evenness over 4 pods, max/mean", "evenness");
        row("a new pod used after, ms", "new-pod-ms");
        row("a removed pod left after, ms", "gone-pod-ms");
        row("requests that failed, of all", name -> results.sum(name, "failed"));
        Path page = directory.resolve("benchmarks.md");
        Files.writeString(page, withTable(Files.readString(page)));
        throughput().write(directory.resolve("benchmarks-throughput.svg"));
        latency().write(directory.resolve("benchmarks-latency.svg"));
    }

    /** The page with the table between its two marks. */
    private String withTable(String page) {
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        int end = page.indexOf(END);
        if (begin < BEGIN.length() || end < begin) {
            throw new IllegalStateException("benchmarks.md lacks its marks " + BEGIN + " and " + END);
        }
        return page.substring(0, begin) + "\n" + table + page.substring(end);
    }

    private Chart throughput() {
        var chart = new Chart();
        chart.group("Highest rate, requests a second");
        bars(
                chart,
                Stream.concat(Stream.of("direct"), PROXIES.stream()).toList(),
                name -> results.median(name, "max-rate"));
        chart.group("First 10 s of a fresh process, requests a second");
        bars(chart, PROXIES, name -> results.median(name, "fresh-rate"));
        chart.group("CPU seconds per 1,000 requests");
        bars(chart, PROXIES, name -> results.median(name, "max-cpu"));
        return chart;
    }

    private Chart latency() {
        var chart = new Chart();
        chart.group("Added at 1,000 requests a second, p99, ms");
        bars(chart, PROXIES, name -> results.added(name, "rate-1000-p99"));
        chart.group("Added to the first event at 128 streams, p99, ms");
        bars(chart, PROXIES, name -> results.added(name, "streams-128-ttft-p99"));
        chart.group("Added to the first event at 1,000 streams, p99, ms");
        bars(chart, PROXIES, name -> results.added(name, "streams-1000-ttft-p99"));
        return chart;
    }

    private static void bars(Chart chart, List<String> names, ToDoubleFunction<String> value) {
        names.forEach(name -> chart.bar(name, value.applyAsDouble(name)));
    }

    private void row(String title, String figure) {
        row(title, name -> results.median(name, figure));
    }

    private void row(String title, ToDoubleFunction<String> value) {
        row(
                title,
                Stream.concat(Stream.of("direct"), PROXIES.stream())
                        .map(name -> cell(value.applyAsDouble(name)))
                        .toList());
    }

    /** What is added to the direct way, whose own figures stand in its column. */
    private void pair(String title, String figure) {
        String p50 = figure + "-p50";
        String p99 = figure + "-p99";
        row(
                title,
                Stream.concat(
                                Stream.of("(" + cell(results.median("direct", p50)) + " / "
                                        + cell(results.median("direct", p99)) + ")"),
                                PROXIES.stream()
                                        .map(name -> cell(results.added(name, p50)) + " / "
                                                + cell(results.added(name, p99))))
                        .toList());
    }

    private void row(String title, List<String> cells) {
        table.append("| ").append(title).append(cells.stream().collect(Collectors.joining(" | ", " | ", " |\n")));
    }

    private static String cell(double value) {
        return Double.isNaN(value) ? "" : Chart.number(value);
    }
}
