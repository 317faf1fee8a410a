package io.agentrouter.gateway.route;

import io.agentrouter.gateway.endpoint.Lease;
import io.agentrouter.gateway.problem.ProblemException;
import java.util.Optional;
import org.springframework.web.server.ServerWebExchange;

/** What of an attempt is the agent's fault: not a refusal, nor a client that left or asked for what cannot be. */
final class Faults {

    private Faults() {}

    /** The attempt ended without an error that was not told: with an answer, or because its client left. */
    static void settle(ServerWebExchange exchange, Lease lease) {
        Optional<ProblemException> problem = ProblemException.of(exchange);
        if (problem.isPresent()) {
            settle(problem.get(), lease);
        } else {
            AgentAnswer.find(exchange).ifPresent(answer -> settle(answer, lease));
        }
    }

    private static void settle(AgentAnswer answer, Lease lease) {
        if (answer.isFault()) {
            lease.failed();
        } else if (answer.isWhole()) {
            lease.worked();
        }
    }

    /** The attempt failed. */
    static void settle(Throwable error, Lease lease) {
        switch (error) {
            case NotBegun notBegun when notBegun.isSaid() -> lease.refused();
            case NotBegun notBegun -> lease.unreached();
            // What the gateway says of an agent; what it refuses is 503.
            case ProblemException problem
            when problem.problem().status() == 502 || problem.problem().status() == 504 -> lease.failed();
            default -> {}
        }
    }
}
