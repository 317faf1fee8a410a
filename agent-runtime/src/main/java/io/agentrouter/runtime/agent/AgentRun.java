package io.agentrouter.runtime.agent;

import java.util.List;
import reactor.core.publisher.Mono;

/**
 * One execution of an agent, as a sequence of steps. The runtime performs each step, records its result and asks for
 * the next one, so a run can be watched, cancelled between steps and held to its limits. A run keeps no loop of its own.
 */
public interface AgentRun {

    /**
     * Decides what to do next.
     *
     * @param results the result of every step so far, oldest first
     * @return the next step; {@link Step.Finish} ends the run
     */
    Mono<Step> next(List<StepResult> results);

    /** Gives back what {@link Agent#begin} took. Called exactly once, whatever ended the run. */
    default Mono<Void> close() {
        return Mono.empty();
    }
}
