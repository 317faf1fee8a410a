package io.agentrouter.gateway.catalog;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.util.unit.DataSize;

/** Agent types for tests of what needs one, of whatever kind. */
public final class TestTypes {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private TestTypes() {}

    /** Knows of such types. */
    public static Catalog catalog(String... names) {
        var catalog = new Catalog(Set.of(), DataSize.ofKilobytes(256), DataSize.ofMegabytes(32), 1);
        Map<String, AgentType> types =
                Stream.of(names).collect(Collectors.toMap(Function.identity(), name -> of(name, "http://localhost:1")));
        catalog.tell(Catalog.Origin.CONFIGURATION, new Catalog.Told(types, List.of()));
        return catalog;
    }

    /** Has four slots a pod, which does not report them; at most 8 requests wait, for 1 s, or for 2 s while there is no pod. */
    public static AgentType of(String name, String uri) {
        return new AgentType(
                name,
                URI.create(uri),
                name,
                new Resources("512Mi", "1", 4),
                false,
                new Timeouts(SECOND, SECOND, SECOND, Duration.ofSeconds(3)),
                new QueueSettings(8, DataSize.ofKilobytes(8), SECOND, Duration.ofSeconds(2), SECOND),
                DataSize.ofMegabytes(1));
    }
}
