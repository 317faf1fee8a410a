package io.agentrouter.runtime.memory;

import io.agentrouter.runtime.agent.AgentException;
import reactor.core.publisher.Mono;

/** What was said before, by tenant, agent type and conversation; and the order of turns, across all pods. */
public interface Conversations {

    /**
     * Waits for this run's turn in the conversation and reads what is remembered. Cancelling while it waits gives the
     * place up; once it has emitted, the caller must call {@link ConversationTurn#release()}, whatever ends the run.
     *
     * @return the turn; or an {@link AgentException}: {@code conversation_unavailable} when Redis stays away for the
     *     configured wait, {@code conversation_busy} when earlier turns do not end in time or too many wait
     */
    Mono<ConversationTurn> open(String tenant, String agentType, String conversation);
}
