package io.agentrouter.gateway.admission;

import static java.util.Objects.requireNonNull;

import io.agentrouter.gateway.catalog.AgentType;
import io.agentrouter.gateway.catalog.Catalog;
import io.agentrouter.gateway.endpoint.Endpoints;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Decides who gets a slot, who waits and who is refused, for each agent type by itself. */
@Component
public class Admission {

    private final Map<String, AgentQueue> queues;

    Admission(Catalog catalog, Endpoints endpoints) {
        queues = catalog.types().stream()
                .collect(Collectors.toMap(AgentType::name, type -> new AgentQueue(type, endpoints)));
    }

    /** What a request claims; its owner closes the ticket. */
    public Ticket ticket(Claim claim) {
        return new Ticket(claim, queue(claim.type()));
    }

    /** How the queue of an agent type is now. */
    public QueueState state(AgentType type) {
        return queue(type).state();
    }

    private AgentQueue queue(AgentType type) {
        return requireNonNull(queues.get(type.name()));
    }
}
