package io.agentrouter.local.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The launcher as a process of its own, as a user starts it, with all that it prints. */
public final class LauncherProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    /** What runs in a shell's background ignores Ctrl-C, and so would all that it starts. */
    private static final List<String> UNTOUCHED =
            Files.exists(Path.of("/proc/self")) ? List.of("env", "--default-signal=INT") : List.of();

    private final Process process;
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final Thread reader;
    private final LifeLine lifeLine;
    private List<ProcessHandle> parts = List.of();

    private LauncherProcess(Process process) {
        this.process = process;
        this.reader = Thread.ofVirtual().start(this::read);
        this.lifeLine = LifeLine.of(process);
    }

    /**
     * Starts it.
     *
     * @param directory where it runs: the root of the repository
     * @param environment added to this process' own; an empty value removes the variable
     * @param command the launcher's command line
     */
    public static LauncherProcess start(Path directory, Map<String, String> environment, String... command) {
        List<String> words = new ArrayList<>(UNTOUCHED);
        words.addAll(List.of(command));
        ProcessBuilder builder =
                new ProcessBuilder(words).directory(directory.toFile()).redirectErrorStream(true);
        environment.forEach((name, value) -> builder.environment().put(name, value));
        builder.environment().values().removeIf(String::isEmpty);
        try {
            return new LauncherProcess(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until everything is healthy; fails with the output when the launcher ends before. */
    public LauncherProcess awaitReady() {
        ready.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
        parts = process.descendants().toList();
        return this;
    }

    /** All that was printed so far. */
    public String output() {
        return String.join("\n", lines);
    }

    /** The processes that the launcher had started when it became ready. */
    public List<ProcessHandle> parts() {
        return parts;
    }

    /** The started process whose command line contains a text, for example the name of its jar. */
    public ProcessHandle part(String text) {
        return parts.stream()
                .filter(part -> commandLine(part).contains(text))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no part " + text + " among " + parts));
    }

    /** Asks the launcher to stop as Ctrl-C does (SIGINT). */
    public LauncherProcess interrupt() {
        try {
            new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks the launcher to stop (SIGTERM). */
    public LauncherProcess terminate() {
        process.destroy();
        return this;
    }

    /** Ends the launcher without a chance to clean up (SIGKILL). */
    public LauncherProcess kill() {
        process.destroyForcibly();
        return this;
    }

    /** Waits for the launcher's end and returns its exit code. */
    public int awaitExit() {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("still running; output so far:\n" + output());
            }
            reader.join();
            lifeLine.close();
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Waits for the launcher's end and returns all that it printed. */
    public String awaitOutput() {
        awaitExit();
        return output();
    }

    public boolean alive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        terminate().awaitExit();
    }

    private void read() {
        try (BufferedReader printed = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = printed.readLine(); line != null; line = printed.readLine()) {
                lines.add(line);
                if (line.startsWith("Ready after")) {
                    ready.complete(null);
                }
            }
        } catch (IOException e) {
            // The stream of a process that was killed.
        }
        ready.completeExceptionally(new AssertionError("ended before it was ready:\n" + output()));
    }

    private static String commandLine(ProcessHandle process) {
        ProcessHandle.Info info = process.info();
        List<String> words = new ArrayList<>();
        info.command().ifPresent(words::add);
        info.arguments().map(Stream::of).ifPresent(arguments -> arguments.forEach(words::add));
        return String.join(" ", words);
    }
}
