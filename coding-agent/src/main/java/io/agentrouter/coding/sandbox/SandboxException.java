package io.agentrouter.coding.sandbox;

/** The sandbox did not do what it was asked for; the message is a sentence for the client and the model. */
public final class SandboxException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean passing;

    SandboxException(String message) {
        this(message, false);
    }

    SandboxException(String message, boolean passing) {
        super(message);
        this.passing = passing;
    }

    /** Whether it may do it a moment later: it was busy, or could not be reached. */
    public boolean isPassing() {
        return passing;
    }
}
