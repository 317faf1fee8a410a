package io.agentrouter.runtime.run;

import io.agentrouter.runtime.agent.Message;
import io.agentrouter.runtime.memory.ConversationTurn;
import java.util.List;
import reactor.core.publisher.Mono;

/** The turn of a run that names no conversation: nothing is remembered, and Redis is not asked. */
enum NoConversation implements ConversationTurn {
    TURN;

    @Override
    public List<Message> remembered() {
        return List.of();
    }

    @Override
    public Mono<Void> append(List<Message> turn) {
        return Mono.empty();
    }

    @Override
    public Mono<Void> release() {
        return Mono.empty();
    }
}
