package io.agentrouter.runtime.agent;

/** What a tool could not do, in words for the model, which then goes on. Any other exception of a tool fails the run. */
public final class ToolException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param message one or two sentences that let the model do better */
    public ToolException(String message) {
        super(message);
    }
}
