package io.agentrouter.gateway.route.resolve;

import io.agentrouter.gateway.problem.ProblemException;
import io.agentrouter.gateway.problem.Quote;
import java.util.List;
import java.util.Optional;

/** A place that names an agent type, and the name that stands there, decoded. */
record Source(String place, String name) {

    private static final String INVALID = "agent_type_invalid";

    /** From all that stands in a place: nothing is no source, more than one or an empty one is the client's mistake. */
    static Optional<Source> of(String place, List<String> names) {
        if (names.size() > 1) {
            throw ProblemException.badRequest(
                    INVALID, "There are " + names.size() + " agent types in " + place + "; name one.");
        }
        if (names.contains("")) {
            throw ProblemException.badRequest(
                    INVALID, "There is an empty agent type in " + place + "; name one or leave it out.");
        }
        return names.isEmpty() ? Optional.empty() : Optional.of(new Source(place, names.getFirst()));
    }

    @Override
    public String toString() {
        return place + " (" + Quote.of(name) + ")";
    }
}
