package io.agentrouter.gateway.catalog;

import java.net.URI;
import java.time.Duration;
import org.springframework.util.unit.DataSize;

/** Agent types for tests of what needs one, of whatever kind. */
public final class TestTypes {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private TestTypes() {}

    /** Has four slots a pod, which does not report them; at most 8 requests wait. */
    public static AgentType of(String name, String uri) {
        return new AgentType(
                name,
                URI.create(uri),
                name,
                new Resources("512Mi", "1", 4),
                false,
                new Timeouts(SECOND, SECOND, SECOND, SECOND),
                new QueueSettings(8, DataSize.ofKilobytes(8), SECOND, SECOND, SECOND),
                DataSize.ofMegabytes(1));
    }
}
