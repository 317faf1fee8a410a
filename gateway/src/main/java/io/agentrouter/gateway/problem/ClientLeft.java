package io.agentrouter.gateway.problem;

import org.springframework.web.server.ServerWebExchange;

/** The client broke its request off, so that nobody is left to be answered. */
public final class ClientLeft extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final String ATTRIBUTE = ClientLeft.class.getName();

    /** Whether the client left before all of its answer was there. */
    public static boolean in(ServerWebExchange exchange) {
        return exchange.getAttributes().containsKey(ATTRIBUTE);
    }

    /** Leaves word of it for the log, since the server ends the writing of an answer well when the client leaves. */
    public static void enter(ServerWebExchange exchange) {
        exchange.getAttributes().put(ATTRIBUTE, true);
    }

    public ClientLeft(Throwable cause) {
        super("the client broke its request off", cause, false, false);
    }
}
