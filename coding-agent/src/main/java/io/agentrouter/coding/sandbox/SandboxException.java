package io.agentrouter.coding.sandbox;

/** A command could not be run; the message is a sentence for the client and the model. */
public final class SandboxException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean busy;

    SandboxException(String message) {
        this(message, false);
    }

    SandboxException(String message, boolean busy) {
        super(message);
        this.busy = busy;
    }

    /** Whether it can be run a moment later. */
    public boolean isBusy() {
        return busy;
    }
}
