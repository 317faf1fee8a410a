package io.agentrouter.coding.sandbox;

import io.agentrouter.runtime.health.HealthCheck;
import io.agentrouter.runtime.health.HealthModes;
import java.util.Set;
import reactor.core.publisher.Mono;

/** Whether the sandbox is there, and the modes that it said last. Until it has answered, exec counts as off. */
public final class SandboxStatus implements HealthCheck, HealthModes {

    private static final String EXEC_OFF = "exec-off";

    private final SandboxClient sandbox;
    private volatile Set<String> modes = Set.of(EXEC_OFF);

    public SandboxStatus(SandboxClient sandbox) {
        this.sandbox = sandbox;
    }

    @Override
    public String name() {
        return "sandbox";
    }

    @Override
    public Mono<Boolean> ok() {
        return sandbox.modes()
                .doOnNext(answer -> modes = Set.copyOf(answer))
                .thenReturn(true)
                .onErrorReturn(false);
    }

    @Override
    public Set<String> modes() {
        return modes;
    }

    /** Asks the sandbox whether commands can be run now. */
    public Mono<Boolean> executes() {
        return sandbox.modes()
                .doOnNext(answer -> modes = Set.copyOf(answer))
                .map(answer -> !answer.contains(EXEC_OFF))
                .onErrorReturn(false);
    }
}
