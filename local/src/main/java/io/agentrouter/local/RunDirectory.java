package io.agentrouter.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where one instance keeps its files.
 *
 * @param logs stays when the system has stopped; one for each port
 * @param state sockets, workspaces and Redis' files: readable by its owner only, short enough a path for a socket, and
 *     outside of any project, so that a workspace does not find itself within one; removed in the end
 */
record RunDirectory(Path logs, Path state) {

    static RunDirectory create(Path root, int port) {
        try {
            Path logs = Files.createDirectories(root.resolve("target/run/" + port));
            RunDirectory directory = new RunDirectory(logs, Files.createTempDirectory("agent-router-"));
            Files.createDirectory(directory.workspaces());
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path workspaces() {
        return state.resolve("workspaces");
    }

    Path sandboxSocket() {
        return state.resolve("sandbox.sock");
    }
}
