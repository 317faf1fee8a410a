package io.agentrouter.gateway.endpoint;

import io.agentrouter.gateway.catalog.AgentType;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;

/** A fleet that is kept told of its pods. */
final class FollowedFleet implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(FollowedFleet.class);

    private final Fleet fleet;
    private final EndpointSource source;
    private final Consumer<Endpoint> gone;
    private Disposable following;
    private int turn;

    /** Follows the pods of the fleet's type, and calls back with each endpoint whose pod is gone. */
    FollowedFleet(Fleet fleet, EndpointSource source, AgentType type, Consumer<Endpoint> gone) {
        this.fleet = fleet;
        this.source = source;
        this.gone = gone;
        this.following = follow(type);
    }

    Fleet fleet() {
        return fleet;
    }

    /** Settings are taken over; where the pods are others, or are asked otherwise, it begins anew with them. */
    synchronized void change(AgentType before, AgentType type) {
        fleet.change(type);
        if (!before.uri().equals(type.uri()) || before.reportsSlots() != type.reportsSlots()) {
            following.dispose();
            takeIn(List.of());
            following = follow(type);
        }
    }

    @Override
    public synchronized void close() {
        following.dispose();
        turn++;
        fleet.update(List.of()).forEach(gone);
    }

    private synchronized Disposable follow(AgentType type) {
        int now = ++turn;
        return source.follow(type, pods -> update(now, pods));
    }

    /** What was on its way when the pods became others counts no more. */
    private synchronized void update(int from, List<Pod> pods) {
        if (from == turn) {
            takeIn(pods);
        }
    }

    private void takeIn(List<Pod> pods) {
        List<Endpoint> before = fleet.usable();
        List<Endpoint> left = fleet.update(pods);
        if (!before.equals(fleet.usable())) {
            log.info("{} runs on {}", fleet.name(), fleet.usable());
        }
        left.forEach(gone);
    }
}
