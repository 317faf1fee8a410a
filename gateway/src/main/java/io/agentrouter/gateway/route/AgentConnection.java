package io.agentrouter.gateway.route;

import org.jspecify.annotations.Nullable;
import reactor.netty.Connection;

/** The connection that carries one call, from the moment it stands: also while no answer has begun. */
final class AgentConnection {

    private @Nullable Connection connection;
    private boolean aborted;
    private boolean answered;
    private boolean untaken;

    /** Closed at once if the client left while it was being made. */
    synchronized void opened(Connection opened) {
        connection = opened;
        if (aborted) {
            opened.dispose();
        }
    }

    /** Whether the agent may have seen the request. */
    synchronized boolean isOpened() {
        return connection != null;
    }

    /** All of the answer came: the connection is free for other calls. */
    synchronized void answered() {
        answered = true;
    }

    /** Whether all of the answer came. */
    synchronized boolean isAnswered() {
        return answered;
    }

    /** The client does not take what has come of the answer. */
    synchronized void untaken() {
        untaken = true;
    }

    /** Whether the answer was given up because of its client. */
    synchronized boolean isUntaken() {
        return untaken;
    }

    /** Closes it, which tells the agent to stop, unless all of its answer came. */
    synchronized void abort() {
        aborted = true;
        if (connection != null && !answered) {
            connection.dispose();
        }
    }
}
