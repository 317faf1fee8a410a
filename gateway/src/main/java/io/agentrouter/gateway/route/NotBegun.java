package io.agentrouter.gateway.route;

import io.agentrouter.gateway.problem.ProblemException;

/** One pod did not begin with a request, so that another may be asked. */
final class NotBegun extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ProblemException problem;
    private final boolean said;

    private NotBegun(ProblemException problem, boolean said) {
        super(problem.getMessage(), null, false, false);
        this.problem = problem;
        this.said = said;
    }

    /** The pod said so. */
    static NotBegun refused(ProblemException problem) {
        return new NotBegun(problem, true);
    }

    /** It never had the request. */
    static NotBegun unconnected(ProblemException problem) {
        return new NotBegun(problem, false);
    }

    /** What the client is told if no pod begins. */
    ProblemException problem() {
        return problem;
    }

    /** Whether a pod is there that said why. */
    boolean isSaid() {
        return said;
    }
}
