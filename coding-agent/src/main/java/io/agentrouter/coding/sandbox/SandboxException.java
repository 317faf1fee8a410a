package io.agentrouter.coding.sandbox;

/** The sandbox did not do what it was asked for; the message is a sentence for the client and the model. */
public final class SandboxException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SandboxException(String message) {
        super(message);
    }
}
