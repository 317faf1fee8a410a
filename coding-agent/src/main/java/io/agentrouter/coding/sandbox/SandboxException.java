package io.agentrouter.coding.sandbox;

/** A command could not be run; the message is a sentence for the client and the model. */
public final class SandboxException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SandboxException(String message) {
        super(message);
    }
}
