package io.agentrouter.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A shell that outlives the launcher, even a killed one: it learns each part's process id through a pipe, and when the
 * pipe closes it ends what is left of them and removes what they left behind.
 */
class Guardian {

    private static final String SCRIPT = """
            trap '' INT TERM HUP
            pids=
            while read -r pid; do pids="$pids $pid"; done
            alive() { for pid in $pids; do kill -0 "$pid" 2>/dev/null && return; done; return 1; }
            [ -z "$pids" ] || kill $pids 2>/dev/null
            tries=0
            while alive && [ $tries -lt 50 ]; do sleep 0.1; tries=$((tries + 1)); done
            ! alive || kill -9 $pids 2>/dev/null
            while alive && [ $tries -lt 60 ]; do sleep 0.1; tries=$((tries + 1)); done
            rm -rf "$1"
            [ ! -d "$2" ] || find "$2" -depth -type d -exec rmdir {} + 2>/dev/null
            """;

    private final Process shell;
    private final Writer pids;

    /**
     * @param directory removed in the end with all that is in it
     * @param groups directory of control groups, removed in the end; need not exist
     */
    Guardian(Path directory, Path groups) {
        try {
            shell = new ProcessBuilder("sh", "-c", SCRIPT, "guardian", directory.toString(), groups.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        pids = shell.outputWriter(StandardCharsets.US_ASCII);
    }

    void watch(Process process) {
        try {
            pids.write(process.pid() + "\n");
            pids.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets the guardian do its work; returns when it is done. */
    void release() {
        try {
            pids.close();
            shell.waitFor(10, TimeUnit.SECONDS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
