package io.agentrouter.gateway.admission;

import io.agentrouter.gateway.catalog.AgentType;
import io.agentrouter.gateway.problem.ProblemException;
import java.time.Duration;
import org.springframework.http.HttpStatus;

/**
 * Why a request gets no slot, or may not use it, and when to come back.
 *
 * @param type of which agent type
 * @param state what the queue is like
 * @param anyPod whether there is one that runs may have
 * @param known whether it is known which pods there are
 */
record Refusals(AgentType type, QueueState state, boolean anyPod, boolean known) {

    /** About what a pod takes to start. */
    private static final Duration WAKE = Duration.ofSeconds(5);

    private static final Duration SHORTEST = Duration.ofSeconds(1);

    /** SDKs pass over what is longer, the older ones at least. */
    private static final Duration LONGEST = Duration.ofSeconds(60);

    /** It does not wait. */
    ProblemException now() {
        return anyPod
                ? busy(
                        "agent_busy",
                        "Every slot of agent type " + type.name() + " is taken, and the request does not wait")
                : noEndpoint();
    }

    ProblemException full() {
        return busy("queue_full", "As many requests wait for agent type " + type.name() + " as may");
    }

    ProblemException tooLong(Duration estimate, Duration left) {
        return busy(
                "wait_too_long",
                "A slot of agent type " + type.name() + " is free for this request in about " + seconds(estimate)
                        + " s, later than the " + seconds(left) + " s that it waits");
    }

    /** It waited all the time that it may. */
    ProblemException late(Duration wait) {
        return anyPod
                ? busy(
                        "wait_timeout",
                        "No slot of agent type " + type.name() + " came free within " + seconds(wait) + " s")
                : noEndpoint();
    }

    /** The agents fail too often for a run to begin before this time. */
    ProblemException breakerOpen(Duration untilTrial) {
        return refused(
                "breaker_open", bounded(untilTrial), "The agents of type " + type.name() + " have failed too often");
    }

    /** A pod did not begin it, and it cannot be sent to another. */
    ProblemException byPod(ProblemException refusal) {
        return refusal.with("Retry-After", Long.toString(seconds(back()))).with(state.toProblem());
    }

    private ProblemException noEndpoint() {
        return refused(
                "no_endpoint",
                WAKE,
                known
                        ? "No agent of type " + type.name() + " is there"
                        : "It is not known yet where the agents of type " + type.name() + " are");
    }

    private ProblemException busy(String code, String why) {
        return refused(code, back(), why);
    }

    private Duration back() {
        return anyPod ? bounded(state.estimate()) : WAKE;
    }

    private static Duration bounded(Duration back) {
        Duration atMost = back.compareTo(LONGEST) > 0 ? LONGEST : back;
        return atMost.compareTo(SHORTEST) < 0 ? SHORTEST : atMost;
    }

    private ProblemException refused(String code, Duration back, String why) {
        return ProblemException.refused(
                        HttpStatus.SERVICE_UNAVAILABLE, code, back, why + "; try again in " + seconds(back) + " s.")
                .with(state.toProblem());
    }

    private static long seconds(Duration duration) {
        return (duration.toMillis() + 999) / 1000;
    }
}
