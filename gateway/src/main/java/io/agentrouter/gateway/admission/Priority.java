package io.agentrouter.gateway.admission;

import io.agentrouter.gateway.problem.ProblemException;
import io.agentrouter.gateway.problem.Quote;
import java.util.List;
import org.springframework.http.HttpHeaders;

/** What goes first inside one tenant. */
enum Priority {
    /** Somebody waits for the answer. */
    INTERACTIVE,
    /** Nobody does: goes only when nothing interactive of the same tenant waits. */
    BATCH;

    private static final String HEADER = "X-Priority";

    /**
     * What a request says of itself; interactive if it says nothing.
     *
     * @throws ProblemException {@code invalid_priority}
     */
    static Priority of(HttpHeaders headers) {
        List<String> values = headers.getOrEmpty(HEADER);
        if (values.isEmpty()) {
            return INTERACTIVE;
        }
        return switch (String.join(", ", values)) {
            case "interactive" -> INTERACTIVE;
            case "batch" -> BATCH;
            default ->
                throw ProblemException.badRequest(
                        "invalid_priority",
                        HEADER + " must be interactive or batch, not " + Quote.of(String.join(", ", values)) + ".");
        };
    }
}
