package io.agentrouter.coding;

import io.agentrouter.coding.sandbox.ExecMode;
import io.agentrouter.coding.sandbox.SandboxClient;
import io.agentrouter.coding.sandbox.SandboxException;
import io.agentrouter.coding.sandbox.SandboxStatus;
import io.agentrouter.coding.tool.ExecTool;
import io.agentrouter.coding.tool.ToolLimits;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** Whether and how commands are run. */
final class Execution {

    private static final Logger log = LoggerFactory.getLogger(Execution.class);

    private static final Duration EMPTY_TIMEOUT = Duration.ofSeconds(30);

    private static final int EMPTY_TRIES = 100;

    private final @Nullable SandboxClient sandbox;
    private final @Nullable SandboxStatus status;

    /** Neither when no sandbox is configured. */
    Execution(@Nullable SandboxClient sandbox, @Nullable SandboxStatus status) {
        this.sandbox = sandbox;
        this.status = status;
    }

    /** Whether commands can be run now. */
    Mono<ExecMode> mode() {
        return status == null ? Mono.just(ExecMode.NOT_CONFIGURED) : status.ask();
    }

    /** Lets the log say whether commands are run. */
    void tell() {
        if (status == null) {
            log.warn(ExecMode.NOT_CONFIGURED.note());
        } else {
            status.ask().subscribe();
        }
    }

    /** The means to run commands in a workspace until a moment; only where {@link ExecMode#runs}. */
    ExecTool exec(String workspace, ToolLimits limits, Instant end) {
        return new ExecTool(sandbox(), workspace, limits, end);
    }

    private SandboxClient sandbox() {
        if (sandbox == null) {
            throw new IllegalStateException("no sandbox is configured");
        }
        return sandbox;
    }

    /**
     * Lets the sandbox empty a workspace, as soon as no command runs in it any more: where it is another user, only that one
     * may delete all that commands made. A sandbox that is just starting anew is waited for; an error when it did not.
     */
    Mono<Void> empty(String workspace) {
        return sandbox == null
                ? Mono.empty()
                : sandbox.empty(workspace)
                        .retryWhen(Retry.fixedDelay(EMPTY_TRIES, Duration.ofMillis(100))
                                .filter(e -> e instanceof SandboxException failed && failed.isPassing()))
                        .timeout(EMPTY_TIMEOUT)
                        .doOnError(e -> log.warn("The sandbox did not empty {}: {}", workspace, e.toString()));
    }
}
