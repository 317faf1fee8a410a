package io.agentrouter.runtime.demo;

import io.agentrouter.runtime.agent.AgentException;
import io.agentrouter.runtime.agent.RunInput.ModelMode;
import io.agentrouter.runtime.model.Model;
import io.agentrouter.runtime.model.ModelEvent;
import io.agentrouter.runtime.model.ModelRequest;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import reactor.core.publisher.Flux;

/** A whole agent application, as small as one can be. */
@SpringBootApplication
class DemoApplication {

    @Bean
    DemoAgent agent() {
        return new DemoAgent();
    }

    @Bean
    @ConditionalOnMissingBean
    Model model() {
        return new Model() {
            @Override
            public Flux<ModelEvent> turn(ModelRequest request) {
                return Flux.error(new AgentException(502, "model_unavailable", null, "No model."));
            }

            @Override
            public ModelMode mode() {
                return ModelMode.OFFLINE;
            }
        };
    }
}
