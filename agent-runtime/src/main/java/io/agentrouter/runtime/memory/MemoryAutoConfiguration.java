package io.agentrouter.runtime.memory;

import io.agentrouter.runtime.AgentProperties;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.resource.Delay;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.data.redis.autoconfigure.ClientResourcesBuilderCustomizer;
import org.springframework.boot.data.redis.autoconfigure.LettuceClientOptionsBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;

/** Conversations, and how an agent's connection to Redis behaves while Redis is away. */
@AutoConfiguration
@EnableConfigurationProperties(ConversationProperties.class)
class MemoryAutoConfiguration {

    private static final Duration RECONNECT_AT_LEAST_EVERY = Duration.ofSeconds(1);

    @Bean
    @ConditionalOnMissingBean(Conversations.class)
    RedisConversations conversations(
            ReactiveStringRedisTemplate redis, ConversationProperties properties, AgentProperties agent) {
        return new RedisConversations(redis, properties, agent.answerTimeout());
    }

    /** A command that would wait in the client's own queue could be sent after its run has given up. */
    @Bean
    LettuceClientOptionsBuilderCustomizer rejectCommandsWhileDisconnected() {
        return options -> options.disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS);
    }

    /** Lettuce would wait up to 30 s between two attempts, longer than a run waits for Redis. */
    @Bean
    ClientResourcesBuilderCustomizer reconnectSoon() {
        return resources -> resources.reconnectDelay(
                Delay.exponential(Duration.ofMillis(20), RECONNECT_AT_LEAST_EVERY, 2, TimeUnit.MILLISECONDS));
    }
}
