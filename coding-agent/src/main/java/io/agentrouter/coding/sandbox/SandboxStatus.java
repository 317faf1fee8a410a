package io.agentrouter.coding.sandbox;

import io.agentrouter.runtime.health.HealthCheck;
import io.agentrouter.runtime.health.HealthModes;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** What the sandbox said last. A sandbox that is away is a failed check; one that runs no commands is not. */
public final class SandboxStatus implements HealthCheck, HealthModes {

    private static final Logger log = LoggerFactory.getLogger(SandboxStatus.class);

    private final SandboxClient sandbox;
    private volatile ExecMode last = ExecMode.NOT_CONFIGURED;

    public SandboxStatus(SandboxClient sandbox) {
        this.sandbox = sandbox;
    }

    /** Asks the sandbox, which has two seconds to answer. Never an error; each change is logged. */
    public Mono<ExecMode> ask() {
        return sandbox.modes()
                .map(ExecMode::of)
                .onErrorReturn(ExecMode.UNREACHABLE)
                .doOnNext(this::remember);
    }

    private synchronized void remember(ExecMode mode) {
        if (mode != last) {
            last = mode;
            if (mode == ExecMode.ISOLATED) {
                log.info("Commands are run by the sandbox, isolated");
            } else {
                log.warn(mode.note());
            }
        }
    }

    @Override
    public String name() {
        return "sandbox";
    }

    @Override
    public Mono<Boolean> ok() {
        return ask().map(mode -> mode != ExecMode.UNREACHABLE);
    }

    /** Until the sandbox has answered, exec counts as off. */
    @Override
    public Set<String> modes() {
        return last.modes();
    }
}
