package io.agentrouter.sandbox.isolation;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * One command to run.
 *
 * @param id names the command among those that run now
 * @param workspace the workspace's real path on this machine
 * @param directory where the command starts, relative to the workspace; empty for the workspace itself
 * @param command the program and its arguments
 * @param timeout how long it may run
 */
public record Job(String id, Path workspace, Path directory, List<String> command, Duration timeout) {

    static final String MARK = "SANDBOX_EXEC";

    /** The environment variable, {@code NAME=value}, by which the processes of a job that runs in place are known. */
    public String mark() {
        return MARK + "=" + id;
    }
}
