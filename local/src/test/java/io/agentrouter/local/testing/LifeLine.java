package io.agentrouter.local.testing;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Ends a process when the tests' own process has ended, however it did: a pipe between the two closes then. */
public final class LifeLine implements AutoCloseable {

    private final Process watcher;

    private LifeLine(Process watcher) {
        this.watcher = watcher;
    }

    public static LifeLine of(Process process) {
        try {
            return new LifeLine(
                    new ProcessBuilder("sh", "-c", "trap '' INT TERM; read -r _; kill $0", Long.toString(process.pid()))
                            .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets go, once the process has ended. */
    @Override
    public void close() {
        watcher.destroyForcibly();
    }
}
