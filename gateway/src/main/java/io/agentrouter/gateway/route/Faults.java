package io.agentrouter.gateway.route;

import io.agentrouter.gateway.endpoint.Lease;
import io.agentrouter.gateway.problem.ClientLeft;
import io.agentrouter.gateway.problem.ProblemException;
import java.util.Optional;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.server.ServerWebExchange;

/** What of an attempt is the agent's fault: not a refusal, nor a client that left or asked for what cannot be. */
final class Faults {

    private Faults() {}

    /** The attempt ended by itself, though perhaps not well. */
    static void settle(ServerWebExchange exchange, Lease lease) {
        Optional<ProblemException> problem = ProblemException.of(exchange);
        if (problem.isPresent()) {
            settle(problem.get(), lease);
        } else if (isFault(exchange)) {
            lease.failed();
        } else if (!ClientLeft.in(exchange)) {
            lease.worked();
        }
    }

    /** The attempt failed. */
    static void settle(Throwable error, Lease lease) {
        boolean fault = switch (error) {
            case NotBegun notBegun -> !notBegun.isSaid();
            // What the gateway says of an agent; what it refuses is 503.
            case ProblemException problem ->
                problem.problem().status() == 502 || problem.problem().status() == 504;
            default -> false;
        };
        if (fault) {
            lease.failed();
        }
    }

    /** An agent that asks to be asked again lacks something that is not its own, such as Redis. */
    private static boolean isFault(ServerWebExchange exchange) {
        HttpStatusCode status = exchange.getResponse().getStatusCode();
        return status != null
                && status.is5xxServerError()
                && !"true".equals(exchange.getResponse().getHeaders().getFirst("X-Should-Retry"));
    }
}
