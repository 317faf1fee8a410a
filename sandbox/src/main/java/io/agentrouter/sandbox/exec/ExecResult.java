package io.agentrouter.sandbox.exec;

import org.jspecify.annotations.Nullable;

/**
 * What became of a command.
 *
 * @param exitCode the exit status, 128 + n after signal n; null unless {@code ended} is {@code exited}
 * @param output standard output and standard error as they came; when too long, head and tail of it
 * @param truncated whether a part of the output was left out
 * @param outputBytes how much the command printed
 * @param ended what ended the command
 * @param seconds how long it ran
 */
public record ExecResult(
        @Nullable Integer exitCode, String output, boolean truncated, long outputBytes, Ended ended, double seconds) {}
