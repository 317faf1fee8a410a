package io.agentrouter.e2e.parts;

import io.agentrouter.e2e.system.Client;
import io.agentrouter.e2e.system.PartProcess;
import io.agentrouter.gateway.testing.FakeCluster;
import io.agentrouter.gateway.testing.FakeCluster.State;
import io.agentrouter.runtime.testing.RedisServers;
import io.agentrouter.runtime.testing.ScriptedModelServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import redis.embedded.RedisServer;

/** Redis, a gateway and a Q&A agent with a scripted model, each of which may end alone. */
final class Parts implements AutoCloseable {

    private final RedisServer redis = RedisServers.start();
    private final ScriptedModelServer model = ScriptedModelServer.start();
    private final Map<String, String> agentEnvironment;
    private final List<String> catalog;
    private final PartProcess gateway;
    private PartProcess agent;

    private Parts(Map<String, String> otherAgents) {
        String redisUrl = redisUrl();
        agentEnvironment =
                Map.of("SPRING_DATA_REDIS_URL", redisUrl, "OPENAI_API_KEY", "any", "OPENAI_BASE_URL", model.baseUrl());
        agent = anotherAgent(RedisServers.freePort());
        catalog = new ArrayList<>(List.of("--router.agents.qa.uri=" + agent.url()));
        otherAgents.forEach((type, uri) -> catalog.addAll(entry(type, uri)));
        gateway = anotherGateway(RedisServers.freePort());
    }

    /** A gateway beside the first, or after it, to the same agents. Whoever asks for it ends it. */
    PartProcess anotherGateway(int port) {
        return PartProcess.ofModule(
                "gateway", port, Map.of("SPRING_DATA_REDIS_URL", redisUrl()), catalog.toArray(String[]::new));
    }

    /** A gateway to these pods of a cluster. Whoever asks for it ends it. */
    PartProcess gatewayOf(FakeCluster cluster, PartProcess... pods) {
        for (int i = 0; i < pods.length; i++) {
            cluster.put("qa-agent", "pod-" + i, URI.create(pods[i].url()), State.READY);
        }
        Map<String, String> environment = new HashMap<>(Map.of("SPRING_DATA_REDIS_URL", redisUrl()));
        cluster.settings().forEach((key, value) -> environment.put(asVariable(key), value));
        return PartProcess.ofModule(
                        "gateway", RedisServers.freePort(), environment, "--router.endpoints.source=kubernetes")
                .awaitAlive();
    }

    private static String asVariable(String property) {
        return property.toUpperCase(Locale.ROOT).replace('.', '_');
    }

    /** An agent beside the first, or after it. Whoever asks for it ends it. */
    PartProcess anotherAgent(int port) {
        return PartProcess.ofModule("qa-agent", port, agentEnvironment);
    }

    /**
     * Starts them and waits until the agent is healthy.
     *
     * @param otherAgents types that are added to the gateway's catalog, and where they are
     */
    static Parts start(Map<String, String> otherAgents) {
        Parts parts = new Parts(otherAgents);
        try {
            parts.agent.awaitHealthy();
            parts.gateway.awaitAlive();
            return parts;
        } catch (RuntimeException | Error e) {
            parts.close();
            throw e;
        }
    }

    /** Arguments that add a type to a gateway's catalog. */
    static List<String> entry(String type, String uri) {
        String key = "--router.agents." + type;
        return List.of(
                key + ".uri=" + uri,
                key + ".description=Of this test",
                key + ".resources.memory=64Mi",
                key + ".resources.cpu=1",
                key + ".resources.slots=1");
    }

    /** Starts the agent again, at the same address, if it has ended. */
    void restartAgent() {
        if (!agent.alive()) {
            agent.close();
            agent = anotherAgent(agent.port()).awaitHealthy();
        }
    }

    /** Redis is away from now on. */
    void stopRedis() throws IOException {
        redis.stop();
    }

    /** And comes back, with nothing in it. */
    void restartRedis() throws IOException {
        redis.start();
    }

    PartProcess agent() {
        return agent;
    }

    PartProcess gateway() {
        return gateway;
    }

    ScriptedModelServer model() {
        return model;
    }

    private String redisUrl() {
        return "redis://127.0.0.1:" + redis.ports().getFirst();
    }

    String url() {
        return gateway.url();
    }

    Client client() {
        return gateway.client();
    }

    @Override
    public void close() {
        gateway.close();
        agent.close();
        model.close();
        try {
            redis.stop();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
