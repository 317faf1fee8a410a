package io.agentrouter.gateway.route;

import io.agentrouter.gateway.endpoint.Lease;
import io.agentrouter.gateway.problem.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.server.ServerWebExchange;

/** What of an attempt is the agent's fault: not a refusal, nor a client that left or asked for what cannot be. */
final class Faults {

    private Faults() {}

    /**
     * The attempt ended.
     *
     * @param failure with what; null if with an answer, or because its client left
     */
    static void settle(ServerWebExchange exchange, @Nullable Throwable failure, Lease lease) {
        if (failure != null) {
            settle(failure, lease);
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

    private static void settle(Throwable error, Lease lease) {
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
