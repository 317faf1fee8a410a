package io.agentrouter.e2e.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Commands as a user types them. */
public final class Shell {

    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private Shell() {}

    /**
     * What a command printed, its errors included.
     *
     * @param status its exit code
     */
    public record Output(int status, String text) {

        /** Its text, if it has succeeded. */
        public String orFail() {
            if (status != 0) {
                throw new AssertionError("exit code " + status + ":\n" + text);
            }
            return text;
        }
    }

    /** Runs a line of shell. */
    public static Output sh(String line) {
        return run(Path.of("."), List.of("sh", "-c", line));
    }

    public static boolean has(String program) {
        return sh("command -v " + program).status() == 0;
    }

    public static Output run(Path directory, List<String> command) {
        return run(directory, command, PATIENCE);
    }

    /** Runs a command that is killed when it takes longer than it may. */
    public static Output run(Path directory, List<String> command, Duration patience) {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            process.onExit()
                    .orTimeout(patience.toSeconds(), TimeUnit.SECONDS)
                    .exceptionally(late -> process.destroyForcibly());
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Output(process.waitFor(), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
