package io.agentrouter.gateway.admission;

import io.agentrouter.gateway.problem.Problem;
import java.time.Duration;

/**
 * How an agent type's queue is.
 *
 * @param length requests that wait
 * @param held bytes of their bodies
 * @param estimate how long one more would wait, by the runs measured last; zero while none was measured or no pod is there
 */
public record QueueState(int length, long held, Duration estimate) {

    /** As clients are told of it. */
    public Problem.Queue toProblem() {
        return new Problem.Queue(length, estimate.toMillis() / 1000.0);
    }
}
