package io.agentrouter.runtime.run;

import io.agentrouter.runtime.AgentProperties;
import io.agentrouter.runtime.agent.Agent;
import io.agentrouter.runtime.memory.Conversations;
import io.agentrouter.runtime.model.Model;
import io.agentrouter.runtime.slots.Slots;
import io.agentrouter.runtime.trace.Tracing;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/** The driver of runs. */
@AutoConfiguration
class RunAutoConfiguration {

    @Bean
    Runs runs(
            AgentProperties properties,
            Slots slots,
            Agent agent,
            Model model,
            Conversations conversations,
            Tracing tracing) {
        return new Runs(properties, slots, agent, model, conversations, tracing);
    }
}
