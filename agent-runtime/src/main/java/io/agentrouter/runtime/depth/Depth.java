package io.agentrouter.runtime.depth;

import java.util.Optional;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * How many agents a request has come through, as the gateway counts them. Whatever a run asks for over HTTP carries it on, so
 * that agents which call each other through a gateway come to an end (docs/contract.md).
 */
public final class Depth {

    /** The header that tells it, a whole number. */
    public static final String HEADER = "X-Agent-Depth";

    private Depth() {}

    /** What the request of the run that is subscribed to with this context said. */
    public static Optional<String> of(ContextView context) {
        return context.getOrEmpty(Depth.class);
    }

    static Context with(Context context, String depth) {
        return context.put(Depth.class, depth);
    }
}
