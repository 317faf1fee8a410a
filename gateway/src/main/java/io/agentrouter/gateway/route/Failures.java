package io.agentrouter.gateway.route;

import io.agentrouter.gateway.catalog.AgentType;
import io.agentrouter.gateway.problem.ProblemException;
import io.netty.channel.ConnectTimeoutException;
import java.time.Duration;
import org.springframework.http.HttpStatus;

/** What went wrong with an agent, in words for the client. */
final class Failures {

    private Failures() {}

    /** A pod did not begin, and said why. */
    static ProblemException refused(AgentType type, NotBegun.Reason reason) {
        boolean draining = reason == NotBegun.Reason.DRAINING;
        return ProblemException.refused(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        draining ? "agent_draining" : "agent_busy",
                        Duration.ofSeconds(1),
                        "The agents of type " + type.name() + " that could be asked "
                                + (draining ? "are shutting down" : "are busy") + "; try again.")
                .with("X-Agent-Refused", draining ? "draining" : "busy");
    }

    /** No connection could be made: nothing was begun. */
    static ProblemException unconnected(AgentType type, Throwable error) {
        if (error instanceof ConnectTimeoutException) {
            return exceeded(type, "connect", type.timeouts().connect()).with("X-Should-Retry", "true");
        }
        return ProblemException.refused(
                HttpStatus.SERVICE_UNAVAILABLE,
                "agent_unreachable",
                Duration.ofSeconds(1),
                "No agent of type " + type.name() + " can be reached; try again.");
    }

    /** The agent had the request, and its answer did not begin. */
    static ProblemException unanswered(AgentType type, Throwable error) {
        if (error instanceof ProblemException problem) {
            return problem;
        }
        return ProblemException.failed(
                HttpStatus.BAD_GATEWAY,
                "agent_failed",
                "The agent of type " + type.name() + " broke the connection before it answered.");
    }

    /** The client has the head of a stream, and the agent answered with something else. */
    static ProblemException noStream(AgentType type) {
        return ProblemException.failed(
                HttpStatus.BAD_GATEWAY,
                "agent_failed",
                "The agent of type " + type.name() + " answered a request for a stream with something else.");
    }

    /** The answer does not say where it ends. */
    static ProblemException undelimited(AgentType type) {
        return ProblemException.failed(
                HttpStatus.BAD_GATEWAY,
                "agent_failed",
                "The agent of type " + type.name() + " answered without Content-Length or chunks.");
    }

    /** The answer had begun. */
    static ProblemException interrupted(AgentType type, Throwable error) {
        if (error instanceof ProblemException problem) {
            return problem;
        }
        return ProblemException.failed(
                HttpStatus.BAD_GATEWAY,
                "stream_interrupted",
                "The agent of type " + type.name() + " broke the connection in the middle of its answer.");
    }

    /**
     * A limit of the type's was hit.
     *
     * @param limit the last part of its key, such as {@code first-byte}
     */
    static ProblemException exceeded(AgentType type, String limit, Duration value) {
        return ProblemException.failed(
                HttpStatus.GATEWAY_TIMEOUT,
                "timeout_" + limit.replace('-', '_'),
                "The agent of type " + type.name() + " hit its limit router.agents." + type.name() + ".timeouts."
                        + limit + " of " + readable(value) + ".");
    }

    private static String readable(Duration value) {
        return value.toMillisPart() == 0 ? value.toSeconds() + " s" : value.toMillis() + " ms";
    }
}
