package io.agentrouter.coding.sandbox;

import java.util.Set;

/** Whether commands are run, and what an answer says about it. */
public enum ExecMode {
    ISOLATED("", ""),
    UNSAFE("Commands are run without any isolation: exec is unsafe, as the sandbox was told to.", "exec-unsafe"),
    OFF("Commands are not run: exec is off, since the sandbox cannot isolate any here.", "exec-off"),
    UNREACHABLE("Commands are not run: exec is off, since the sandbox does not answer.", "exec-off"),
    NOT_CONFIGURED("Commands are not run: exec is off, since no sandbox is configured.", "exec-off");

    private final String note;
    private final String mode;

    ExecMode(String note, String mode) {
        this.note = note;
        this.mode = mode;
    }

    /** From what the sandbox says of itself in {@code GET /health}. */
    static ExecMode of(Set<String> modes) {
        if (modes.contains("exec-off")) {
            return OFF;
        }
        return modes.contains("exec-unsafe") ? UNSAFE : ISOLATED;
    }

    /** Whether a command can be run. */
    public boolean runs() {
        return this == ISOLATED || this == UNSAFE;
    }

    /** A sentence for the log, the model and the answer; empty when commands are run as they should be. */
    public String note() {
        return note;
    }

    /** For {@code modes} in {@code GET /health}. */
    public Set<String> modes() {
        return mode.isEmpty() ? Set.of() : Set.of(mode);
    }
}
