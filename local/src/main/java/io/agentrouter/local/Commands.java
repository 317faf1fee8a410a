package io.agentrouter.local;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Commands of the system, used where they exist. */
final class Commands {

    private Commands() {}

    static boolean onPath(String name) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .map(directory -> Path.of(directory, name))
                .anyMatch(Files::isExecutable);
    }

    /** Runs a command without a word of its output; false too when it does not exist or takes more than 10 s. */
    static boolean succeeds(List<String> command) {
        return onPath(command.getFirst()) && exitCode(command, ProcessBuilder.Redirect.DISCARD, 10) == 0;
    }

    /** Runs a command and shows its output. */
    static boolean succeedsShown(List<String> command, int seconds) {
        return exitCode(command, ProcessBuilder.Redirect.INHERIT, seconds) == 0;
    }

    private static int exitCode(List<String> command, ProcessBuilder.Redirect output, int seconds) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output)
                    .start();
            process.getOutputStream().close();
            if (process.waitFor(seconds, TimeUnit.SECONDS)) {
                return process.exitValue();
            }
            process.destroyForcibly();
        } catch (IOException e) {
            // No such command: as good as one that failed.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return -1;
    }
}
