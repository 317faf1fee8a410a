package io.agentrouter.local;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Real limits through transient scopes of the user's own systemd, which needs no rights. */
class SystemdLimits implements MemoryLimits {

    private static final List<String> SCOPE = List.of("systemd-run", "--user", "--scope", "--quiet", "--collect");

    static Optional<MemoryLimits> create() {
        SystemdLimits limits = new SystemdLimits();
        return Commands.succeeds(limits.wrap("probe", Memory.parse("64Mi"), List.of("true")))
                ? Optional.of(limits)
                : Optional.empty();
    }

    @Override
    public List<String> wrap(String part, Memory memory, List<String> command) {
        List<String> wrapped = new ArrayList<>(SCOPE);
        wrapped.addAll(List.of("-p", "MemoryMax=" + memory.bytes(), "-p", "MemorySwapMax=0", "--"));
        wrapped.addAll(command);
        return wrapped;
    }

    @Override
    public String description() {
        return "systemd-run --user --scope";
    }
}
