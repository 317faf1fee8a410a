package io.agentrouter.gateway.endpoint;

import io.agentrouter.gateway.catalog.AgentType;
import java.util.List;
import java.util.function.Consumer;

/** Tells which pods there are. */
interface EndpointSource extends AutoCloseable {

    /** Hands all pods of a type over as soon as they are known, and again whenever that changes. Does not wait for any of it. */
    void follow(AgentType type, Consumer<List<Pod>> pods);

    /** Follows nothing any more. */
    @Override
    default void close() {}
}
