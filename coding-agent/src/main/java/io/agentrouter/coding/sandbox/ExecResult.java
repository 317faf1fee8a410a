package io.agentrouter.coding.sandbox;

import org.jspecify.annotations.Nullable;

/**
 * What became of a command.
 *
 * @param exitCode its exit status, null if it was ended
 * @param output what it printed, standard error included; the middle is left out of a long one
 * @param ended {@code exited}, or the limit that ended it: {@code timeout}, {@code memory}, {@code disk} …
 */
public record ExecResult(@Nullable Integer exitCode, String output, String ended, double seconds) {

    /** One line on how it ended. */
    public String outcome() {
        String how = exitCode == null ? "ended by the sandbox: " + ended : "exit code " + exitCode;
        return "%s, %.1f s".formatted(how, seconds);
    }
}
