package io.agentrouter.gateway.route;

import org.jspecify.annotations.Nullable;
import reactor.netty.Connection;

/** The connection that carries one call, from the moment it stands: also while no answer has begun. */
final class AgentConnection {

    private volatile @Nullable Connection connection;

    void opened(Connection opened) {
        connection = opened;
    }

    /** Whether the agent may have seen the request. */
    boolean isOpened() {
        return connection != null;
    }

    /** Closes it, which tells the agent to stop. */
    void abort() {
        Connection opened = connection;
        if (opened != null) {
            opened.dispose();
        }
    }
}
