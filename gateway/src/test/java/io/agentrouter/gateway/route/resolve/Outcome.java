package io.agentrouter.gateway.route.resolve;

import io.agentrouter.gateway.problem.ProblemException;
import java.util.function.Supplier;

/** What resolving comes to: the name of a type, or an error code. */
record Outcome(String value) {

    static final Outcome NONE = new Outcome("none");

    static Outcome of(Supplier<Outcome> resolving) {
        try {
            return resolving.get();
        } catch (ProblemException problem) {
            return new Outcome(problem.problem().error().code());
        }
    }
}
