package io.agentrouter.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Starts parts and ends all of them together. */
class Supervisor {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** What any process needs; everything else of the user's environment stays out. */
    private static final List<String> COMMON = List.of("PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR", "JAVA_HOME");

    private final Path logs;
    private final MemoryLimits limits;
    private final Guardian guardian;
    private final List<RunningPart> parts = new ArrayList<>();
    private boolean stopping;

    Supervisor(Path logs, MemoryLimits limits, Guardian guardian) {
        this.logs = logs;
        this.limits = limits;
        this.guardian = guardian;
    }

    synchronized RunningPart start(Part part) {
        if (stopping) {
            throw new LauncherException("Stopped before " + part.name() + " was started.");
        }
        Path log = logs.resolve(part.name() + ".log");
        ProcessBuilder builder = new ProcessBuilder(limits.wrap(part.name(), part.memory(), detached(part.command())))
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
                .redirectOutput(log.toFile());
        Map<String, String> environment = builder.environment();
        environment.keySet().retainAll(COMMON);
        environment.putAll(part.environment());
        try {
            RunningPart running = new RunningPart(part, builder.start(), log, System.nanoTime());
            guardian.watch(running.process());
            parts.add(running);
            return running;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + part.name(), e);
        }
    }

    /** A session of its own keeps the terminal's Ctrl-C from reaching parts before the launcher ends them in order. */
    private static List<String> detached(List<String> command) {
        return Commands.onPath("setsid")
                ? Stream.concat(Stream.of("setsid"), command.stream()).toList()
                : command;
    }

    /** Waits until any part has ended. */
    RunningPart firstToEnd() {
        CompletableFuture<?>[] ends;
        synchronized (this) {
            ends = parts.stream()
                    .map(part -> part.process().onExit().thenApply(_ -> part))
                    .toArray(CompletableFuture[]::new);
        }
        return (RunningPart) CompletableFuture.anyOf(ends).join();
    }

    synchronized boolean stopping() {
        return stopping;
    }

    /** Ends everything: Redis, the first to start, comes last, since a draining agent still writes to it. */
    void stop() {
        List<RunningPart> all;
        synchronized (this) {
            stopping = true;
            all = List.copyOf(parts);
        }
        if (!all.isEmpty()) {
            end(all.subList(1, all.size()));
            end(all.subList(0, 1));
        }
        guardian.release();
    }

    private static void end(List<RunningPart> parts) {
        parts.forEach(part -> part.process().destroy());
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        for (RunningPart part : parts) {
            try {
                long left = Math.max(0, deadline - System.nanoTime());
                if (!part.process().waitFor(left, TimeUnit.NANOSECONDS)) {
                    part.process().destroyForcibly().waitFor();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
