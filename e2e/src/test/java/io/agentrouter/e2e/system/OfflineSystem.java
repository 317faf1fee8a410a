package io.agentrouter.e2e.system;

import io.agentrouter.runtime.testing.RedisServers;
import java.util.Map;

/** The system without a model, as it is after {@code ./run} in a fresh clone. */
public final class OfflineSystem extends RunningSystem {

    OfflineSystem() {
        this(RedisServers.freePort());
    }

    /** On a port of one's choice. */
    public OfflineSystem(int port) {
        super(port, Map.of());
    }
}
