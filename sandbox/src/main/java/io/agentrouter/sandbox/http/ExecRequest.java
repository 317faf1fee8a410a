package io.agentrouter.sandbox.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /v1/exec}.
 *
 * @param workspace the workspace's name
 * @param command the program and its arguments; no shell is put around it
 * @param directory where it starts, relative to the workspace; the workspace itself when absent
 * @param timeoutSeconds how long it may run; a configured time when absent
 */
record ExecRequest(
        @Nullable String workspace,
        @Nullable List<@Nullable String> command,
        @Nullable String directory,
        @Nullable Long timeoutSeconds) {}
