package io.agentrouter.runtime.memory;

import io.agentrouter.runtime.agent.AgentException;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import reactor.core.publisher.Mono;

/** Without a store of conversations, a request that names one is refused rather than answered without its memory. */
@AutoConfiguration
class MemoryAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    Conversations conversations() {
        return (tenant, agentType, conversation) -> Mono.error(
                new AgentException(
                        503,
                        "conversation_unavailable",
                        null,
                        "This agent keeps no conversations: leave the conversation's name out and send the earlier messages along."));
    }
}
