package io.agentrouter.gateway.catalog;

import java.net.URI;
import org.springframework.util.unit.DataSize;

/**
 * A kind of agent that requests are routed to.
 *
 * @param name what clients call it, {@code [a-z0-9-]+}
 * @param uri where its pods are reached, {@code http://host:port}
 * @param description one sentence for people who choose a type
 * @param resources what one pod has
 * @param reportsSlots whether its pods say themselves how many slots they have and how many are free, by {@code GET /slots}
 * @param timeouts how long the gateway waits for it
 * @param queue how requests wait for it
 * @param maxBody the largest request body, in bytes
 */
public record AgentType(
        String name,
        URI uri,
        String description,
        Resources resources,
        boolean reportsSlots,
        Timeouts timeouts,
        QueueSettings queue,
        DataSize maxBody) {}
