package io.agentrouter.gateway.endpoint;

import io.agentrouter.gateway.catalog.AgentType;
import java.util.List;
import java.util.function.Consumer;
import reactor.core.Disposable;

/** Tells which pods there are. */
interface EndpointSource {

    /**
     * Hands all pods of a type over as soon as they are known, and again whenever that changes. Does not wait for any of it.
     *
     * @return ends it
     */
    Disposable follow(AgentType type, Consumer<List<Pod>> pods);
}
