package io.agentrouter.runtime.model;

import io.agentrouter.runtime.agent.AgentException;
import io.agentrouter.runtime.agent.RunInput.ModelMode;
import reactor.core.publisher.Flux;

/** The language model behind an agent's model turns. */
public interface Model {

    /**
     * Asks the model once. Nothing is sent before the subscription; cancelling it closes the connection to the model at
     * once, even while the model is silent. At most what is requested is read from the network.
     *
     * @return text as it comes, then exactly one {@link ModelEvent.Answered}; or an {@link AgentException} with code
     *     {@code model_unavailable}, {@code model_rate_limited}, {@code model_rejected} or {@code model_timeout}
     */
    Flux<ModelEvent> turn(ModelRequest request);

    /**
     * Whether there is a model to ask now; it changes when a mounted key appears or goes.
     *
     * @throws AgentException {@code model_unavailable} when a model is required and no key is there: refuse the run with it
     */
    ModelMode mode();
}
