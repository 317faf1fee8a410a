package io.agentrouter.e2e.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agentrouter.e2e.system.PartProcess;
import io.agentrouter.gateway.testing.FakeCluster;
import io.agentrouter.runtime.testing.RedisServers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Gateways and agents that are replaced one after the other, under load, lose no request: as processes, ended as Kubernetes ends them. */
@Tag("slow")
class RollingRestartTest {

    private static final int SIGTERM = 143;

    /** The gateways that a Service would send a new connection to. */
    private final List<PartProcess> serving = new CopyOnWriteArrayList<>();

    @Test
    void everyGatewayIsReplaced_everyRequestIsAnsweredWhole() throws Exception {
        try (Parts parts = Parts.start(Map.of());
                PartProcess other =
                        parts.anotherGateway(RedisServers.freePort()).awaitAlive()) {
            serving.addAll(List.of(parts.gateway(), other));
            try (Load load = new Load(parts, this::anyServing);
                    PartProcess replacement = replace(parts, parts.gateway(), load);
                    PartProcess another = replace(parts, other, load)) {
                load.awaitMoreAnswers();
                load.end();
                assertThat(replacement.alive() && another.alive()).isTrue();
            }
        }
    }

    private PartProcess anyServing() {
        return serving.get(ThreadLocalRandom.current().nextInt(serving.size()));
    }

    private PartProcess replace(Parts parts, PartProcess old, Load load) {
        load.awaitMoreAnswers();
        PartProcess next = parts.anotherGateway(RedisServers.freePort()).awaitAlive();
        serving.add(next);
        serving.remove(old);
        end(old);
        return next;
    }

    /** At the same addresses, which stay the Service's: what an agent that drains, is gone or comes up cannot do, the other does. */
    @Test
    void everyAgentIsReplaced_everyRequestIsAnsweredWhole() throws Exception {
        try (var cluster = new FakeCluster();
                Parts parts = Parts.start(Map.of());
                PartProcess other = parts.anotherAgent(RedisServers.freePort()).awaitHealthy();
                PartProcess gateway = parts.gatewayOf(cluster, parts.agent(), other)) {
            await().untilAsserted(() ->
                    assertThat(gateway.client().get("/agents").body()).contains("\"free\":32"));
            try (Load load = new Load(parts, () -> gateway)) {
                load.awaitMoreAnswers();
                end(parts.agent());
                load.awaitMoreAnswers();
                parts.restartAgent();
                load.awaitMoreAnswers();
                end(other);
                load.awaitMoreAnswers();
                try (PartProcess replacement = parts.anotherAgent(other.port()).awaitHealthy()) {
                    load.awaitMoreAnswers();
                    load.end();
                    assertThat(replacement.alive()).isTrue();
                }
            }
        }
    }

    private static void end(PartProcess part) {
        part.terminate();
        assertThat(part.awaitExit()).isEqualTo(SIGTERM);
    }
}
