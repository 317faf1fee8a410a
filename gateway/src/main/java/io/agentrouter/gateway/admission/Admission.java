package io.agentrouter.gateway.admission;

import io.agentrouter.gateway.catalog.AgentType;
import io.agentrouter.gateway.catalog.Catalog;
import io.agentrouter.gateway.catalog.PerType;
import io.agentrouter.gateway.endpoint.Endpoints;
import org.springframework.stereotype.Component;

/** Decides who gets a slot, who waits and who is refused, for each agent type by itself. */
@Component
public class Admission {

    private final PerType<AgentQueue> queues;

    Admission(Catalog catalog, Endpoints endpoints) {
        queues = new PerType<>(catalog, new PerType.Keeper<>() {

            @Override
            public AgentQueue open(AgentType type) {
                return new AgentQueue(type, endpoints);
            }

            @Override
            public void change(AgentQueue queue, AgentType before, AgentType type) {
                queue.change(type);
            }

            @Override
            public void close(AgentQueue queue) {
                // Whoever waited in it has left.
            }
        });
    }

    /** What a request claims; its owner closes the ticket. */
    public Ticket ticket(Claim claim) {
        return new Ticket(claim, queues.get(claim.type()));
    }

    /** How the queue of an agent type is now. */
    public QueueState state(AgentType type) {
        return queues.get(type).state();
    }
}
