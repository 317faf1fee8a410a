package io.agentrouter.coding;

import io.agentrouter.coding.sandbox.SandboxClient;
import io.agentrouter.coding.sandbox.SandboxException;
import io.agentrouter.coding.sandbox.SandboxStatus;
import io.agentrouter.coding.tool.ExecTool;
import io.agentrouter.coding.tool.ToolLimits;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Whether and how commands are run. */
final class Execution {

    private static final Duration UNLOCK_TIMEOUT = Duration.ofSeconds(20);

    private final @Nullable SandboxClient sandbox;
    private final @Nullable SandboxStatus status;

    /** Neither when no sandbox is configured. */
    Execution(@Nullable SandboxClient sandbox, @Nullable SandboxStatus status) {
        this.sandbox = sandbox;
        this.status = status;
    }

    /** A sentence on why no command can be run now; empty if one can. */
    Mono<String> offBecause() {
        if (status == null) {
            return Mono.just("Commands were not run: exec is off, since no sandbox is configured.");
        }
        return status.executes()
                .map(executes ->
                        executes ? "" : "Commands were not run: exec is off, the sandbox cannot run any here.");
    }

    /** The means to run commands in a workspace; only when nothing is off. */
    ExecTool exec(String workspace, ToolLimits limits) {
        return new ExecTool(sandbox(), workspace, limits);
    }

    private SandboxClient sandbox() {
        if (sandbox == null) {
            throw new IllegalStateException("no sandbox is configured");
        }
        return sandbox;
    }

    /** Makes every directory of a workspace removable. */
    Mono<Void> unlock(String workspace) {
        return sandbox()
                .exec(workspace, "chmod -R u+rwX,g+rwX .", "", UNLOCK_TIMEOUT)
                .onErrorComplete(SandboxException.class)
                .then();
    }
}
