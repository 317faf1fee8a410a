package io.agentrouter.gateway.route;

import io.agentrouter.gateway.problem.ProblemException;
import java.util.Locale;

/** One pod did not begin with a request, so that another may be asked. */
final class NotBegun extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ProblemException problem;
    private final Reason reason;

    /** Why. */
    enum Reason {
        /** The pod has no slot free, for now. */
        BUSY,
        /** The pod is about to end. */
        DRAINING,
        /** It never had the request. */
        UNCONNECTED;

        /** In meters. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    NotBegun(Reason reason, ProblemException problem) {
        super(problem.getMessage(), null, false, false);
        this.problem = problem;
        this.reason = reason;
    }

    Reason reason() {
        return reason;
    }

    /** What the client is told if no pod begins. */
    ProblemException problem() {
        return problem;
    }

    /** Whether a pod is there that said why. */
    boolean isSaid() {
        return reason != Reason.UNCONNECTED;
    }
}
