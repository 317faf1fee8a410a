package io.agentrouter.e2e.parts;

import io.agentrouter.e2e.system.Client;
import io.agentrouter.e2e.system.PartProcess;
import io.agentrouter.runtime.testing.RedisServers;
import io.agentrouter.runtime.testing.ScriptedModelServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
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
        agent = PartProcess.ofModule("qa-agent", RedisServers.freePort(), agentEnvironment);
        catalog = new ArrayList<>(List.of("--router.agents.qa.uri=" + agent.url()));
        otherAgents.forEach((type, uri) -> catalog.addAll(entry(type, uri)));
        gateway = anotherGateway(RedisServers.freePort());
    }

    /** A gateway beside the first, or after it, to the same agents. Whoever asks for it ends it. */
    PartProcess anotherGateway(int port) {
        return PartProcess.ofModule(
                "gateway", port, Map.of("SPRING_DATA_REDIS_URL", redisUrl()), catalog.toArray(String[]::new));
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
            agent = PartProcess.ofModule("qa-agent", agent.port(), agentEnvironment)
                    .awaitHealthy();
        }
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
