package io.agentrouter.sandbox.isolation;

import java.util.List;
import java.util.Optional;

/**
 * The isolation that holds on this machine.
 *
 * @param isolation how commands are run; empty when none may run
 * @param reason one sentence for the log and for whoever is refused
 */
public record Walls(Optional<Isolation> isolation, String reason) {

    /** The word for it in {@code /health}: {@code bubblewrap}, {@code container}, {@code unsafe} or {@code off}. */
    public String mode() {
        return isolation.map(Isolation::mode).orElse("off");
    }

    /** What is kept apart: {@code files}, {@code processes}, {@code network}; empty where no command runs. */
    public List<String> separates() {
        return isolation.map(Isolation::separates).orElse(List.of());
    }
}
