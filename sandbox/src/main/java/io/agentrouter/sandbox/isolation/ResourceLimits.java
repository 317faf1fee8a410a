package io.agentrouter.sandbox.isolation;

import io.agentrouter.sandbox.settings.Limits;
import java.time.Duration;
import java.util.List;

/** The limits that the kernel keeps for each process, as a command to put before another. */
final class ResourceLimits {

    private final Limits limits;

    ResourceLimits(Limits limits) {
        this.limits = limits;
    }

    /**
     * Memory is limited here per process only, at twice the tree's limit: a stop for what grows faster than it is watched.
     * CPU time is what one process can use on all processors while the command may run.
     */
    List<String> prefix(Duration timeout) {
        return List.of(
                "nice",
                "-n",
                Integer.toString(limits.niceness()),
                "prlimit",
                "--core=0",
                "--cpu=" + (timeout.toSeconds() + 1) * Runtime.getRuntime().availableProcessors(),
                "--data=" + limits.memory().toBytes() * 2,
                "--fsize=" + limits.fileSize().toBytes(),
                "--nofile=" + limits.openFiles());
    }
}
