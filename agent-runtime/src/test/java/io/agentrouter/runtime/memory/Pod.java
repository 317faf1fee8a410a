package io.agentrouter.runtime.memory;

import io.agentrouter.runtime.AgentProperties;
import io.lettuce.core.resource.ClientResources;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisReactiveAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;

/** As much of an agent as keeps conversations, configured as an agent is. */
final class Pod implements AutoCloseable {

    static final Duration LONG = Duration.ofSeconds(20);

    private static final String[] USUAL = {
        "agent.type=demo",
        "agent.memory-limit=64MB",
        "agent.base-memory=16MB",
        "agent.memory-per-run=12MB",
        "agent.max-body=1MB",
        "agent.conversation.poll=20ms"
    };

    private final ConfigurableApplicationContext context;

    private Pod(ConfigurableApplicationContext context) {
        this.context = context;
    }

    static Pod start(int redisPort, String... settings) {
        return new Pod(new SpringApplicationBuilder(Parts.class)
                .web(WebApplicationType.NONE)
                .properties(USUAL)
                .run(Stream.concat(Stream.of("spring.data.redis.port=" + redisPort), Arrays.stream(settings))
                        .map("--"::concat)
                        .toArray(String[]::new)));
    }

    /** A turn of Alice's conversation, once it is its turn. */
    ConversationTurn open(String conversation) {
        ConversationTurn turn =
                conversations().open("alice", "demo", conversation).block(LONG);
        return Objects.requireNonNull(turn);
    }

    Conversations conversations() {
        return context.getBean(Conversations.class);
    }

    ClientResources clientResources() {
        return context.getBean(ClientResources.class);
    }

    ReactiveStringRedisTemplate redis() {
        return context.getBean(ReactiveStringRedisTemplate.class);
    }

    /** How many turns run or wait in Alice's conversation. */
    long inLine(String conversation) {
        Long size = redis().opsForList()
                .size(ConversationKeys.of("alice", "demo", conversation).line())
                .block(LONG);
        return size == null ? 0 : size;
    }

    @Override
    public void close() {
        context.close();
    }

    @Configuration
    @EnableConfigurationProperties(AgentProperties.class)
    @ImportAutoConfiguration({
        DataRedisAutoConfiguration.class,
        DataRedisReactiveAutoConfiguration.class,
        MemoryAutoConfiguration.class
    })
    static class Parts {}
}
