package io.agentrouter.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;

/**
 * An open loop, as vegeta sends it: requests leave when they are due, whatever became of those before, over connections that are
 * kept alive.
 */
final class Vegeta {

    private static final long SECOND = 1_000_000_000;

    /**
     * What came of the requests after the first second, in which connections are made.
     *
     * @param latencies in nanoseconds, of what was answered with 200
     * @param failed how many were not
     */
    record Answers(Histogram latencies, long failed) {}

    private Vegeta() {}

    /** Sends so many requests a second, evenly, for one second and for so many more. */
    static Answers attack(URI proxy, int rate, int seconds) throws IOException, InterruptedException {
        Path targets = Files.createTempFile("bench", ".targets");
        Path body = Files.createTempFile("bench", ".json");
        Files.writeString(body, Request.BODY);
        Files.writeString(targets, "POST " + proxy + Request.PATH + "\n" + headers() + "@" + body + "\n");
        var process = new ProcessBuilder(List.of(
                        "sh",
                        "-c",
                        "vegeta attack -rate=%d -duration=%ds -targets=%s | vegeta encode -to=csv"
                                .formatted(rate, seconds + 1, targets)))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        int status = process.waitFor();
        Files.delete(targets);
        Files.delete(body);
        if (status != 0 || lines.isEmpty()) {
            throw new IllegalStateException("vegeta ended with " + status);
        }
        return answers(lines.lines().map(line -> line.split(",", 4)).toList());
    }

    private static String headers() {
        return Request.HEADERS.entrySet().stream()
                .map(header -> header.getKey() + ": " + header.getValue() + "\n")
                .collect(Collectors.joining());
    }

    /** Of lines of when it was sent, in nanoseconds, the status, the latency in nanoseconds, and more. */
    private static Answers answers(List<String[]> lines) {
        long counted =
                lines.stream().mapToLong(line -> Long.parseLong(line[0])).min().orElseThrow() + SECOND;
        var latencies = new Histogram(3);
        long failed = 0;
        for (String[] line : lines) {
            if (!line[1].equals("200")) {
                failed++;
            } else if (Long.parseLong(line[0]) >= counted) {
                latencies.recordValue(Long.parseLong(line[2]));
            }
        }
        return new Answers(latencies, failed);
    }
}
