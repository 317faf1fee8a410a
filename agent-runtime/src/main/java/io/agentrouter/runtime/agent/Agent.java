package io.agentrouter.runtime.agent;

import reactor.core.publisher.Mono;

/** An agent type's behaviour. An application holds one bean of it; the runtime brings the HTTP faces, memory, slots and drain. */
public interface Agent {

    /**
     * Prepares one run, for example its workspace. Called once the run has its slot. The run's work has not begun yet, so
     * that a failure with 503 tells a client to send the request again.
     *
     * @param input what the client asked for, checked
     * @return the run; an {@link AgentException} in it is reported to the client with its code
     */
    Mono<AgentRun> begin(RunInput input);
}
