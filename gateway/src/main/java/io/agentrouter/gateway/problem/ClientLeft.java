package io.agentrouter.gateway.problem;

/** The client broke its request off, so that nobody is left to be answered. */
public final class ClientLeft extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ClientLeft(Throwable cause) {
        super("the client broke its request off", cause, false, false);
    }
}
