package io.agentrouter.runtime.memory;

import io.agentrouter.runtime.agent.AgentException;
import io.agentrouter.runtime.agent.Message;
import java.util.List;
import reactor.core.publisher.Mono;

/** The right to say the next thing in a conversation. It is kept alive until released, and lost with its pod. */
public interface ConversationTurn {

    /** The remembered turns' messages, oldest first, whole turns only. */
    List<Message> remembered();

    /**
     * Remembers this turn as one, and forgets the oldest turns beyond the bound in tokens; a turn that alone exceeds it
     * leaves nothing. Of its messages the user's and the assistant's texts are kept.
     *
     * @param turn question and answer
     * @return an {@link AgentException} {@code conversation_unavailable} when Redis stays away for the configured wait,
     *     {@code conversation_busy} when this turn was lost and another has begun meanwhile
     */
    Mono<Void> append(List<Message> turn);

    /** Lets the next turn begin. Never fails, and does nothing the second time. */
    Mono<Void> release();
}
