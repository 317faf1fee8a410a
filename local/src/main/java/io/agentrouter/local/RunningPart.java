package io.agentrouter.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A part that was started. */
record RunningPart(Part part, Process process, Path log, long startedNanos) {

    private static final int LAST_LINES = 15;

    String name() {
        return part.name();
    }

    Duration age() {
        return Duration.ofNanos(System.nanoTime() - startedNanos);
    }

    boolean alive() {
        return process.isAlive();
    }

    /** One sentence on what happened, and the end of the log. */
    LauncherException failure(String whatHappened) {
        String lines = String.join("\n  | ", lastLines());
        String end = lines.isEmpty() ? "It wrote no log." : "The end of its log, " + log + ":\n  | " + lines;
        return new LauncherException(name() + " " + whatHappened + ". " + end);
    }

    private List<String> lastLines() {
        try {
            List<String> lines = new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            return lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size());
        } catch (IOException e) {
            return List.of();
        }
    }
}
