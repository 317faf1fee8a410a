package io.agentrouter.runtime.slots;

import io.agentrouter.runtime.AgentProperties;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** The pod's slots, and who may watch them. */
@AutoConfiguration
@Import(SlotsController.class)
class SlotsAutoConfiguration {

    @Bean
    Slots slots(AgentProperties properties) {
        return new Slots(properties.slots());
    }
}
