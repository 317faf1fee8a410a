package io.agentrouter.runtime.drain;

import io.agentrouter.runtime.AgentProperties;
import io.agentrouter.runtime.slots.Slots;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.support.DefaultLifecycleProcessor;

/** What happens between SIGTERM and exit. */
@AutoConfiguration
class DrainAutoConfiguration {

    @Bean
    Drain drain(Slots slots, AgentProperties properties, DefaultLifecycleProcessor lifecycle) {
        return new Drain(slots, properties, lifecycle);
    }

    @Bean
    LameDuckFilter lameDuckFilter(Slots slots) {
        return new LameDuckFilter(slots);
    }
}
