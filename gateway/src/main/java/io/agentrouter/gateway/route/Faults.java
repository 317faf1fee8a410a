package io.agentrouter.gateway.route;

import io.agentrouter.gateway.endpoint.Lease;
import io.agentrouter.gateway.problem.ProblemException;
import java.time.Duration;
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
        if (failure instanceof ProblemException problem && isOfItsClient(exchange, problem)) {
            return;
        }
        if (failure != null) {
            settle(failure, lease);
        } else {
            AgentAnswer.find(exchange).ifPresent(answer -> settle(answer, lease));
        }
    }

    /** The total limit is one of the request, of which its wait for a slot and its client's reading are parts. */
    private static boolean isOfItsClient(ServerWebExchange exchange, ProblemException problem) {
        if (!problem.problem().error().code().equals("timeout_total")) {
            return false;
        }
        Duration total = AgentCall.of(exchange).type().timeouts().total();
        Duration waited = Place.of(exchange).ticket().waited();
        return waited.multipliedBy(2).compareTo(total) > 0
                || AgentAnswer.find(exchange).filter(AgentAnswer::isUntaken).isPresent();
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
