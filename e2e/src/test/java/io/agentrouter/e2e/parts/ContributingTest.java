package io.agentrouter.e2e.parts;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentrouter.e2e.system.Answer;
import io.agentrouter.e2e.system.Ask;
import io.agentrouter.e2e.system.JavaSource;
import io.agentrouter.e2e.system.Markdown;
import io.agentrouter.e2e.system.PartProcess;
import io.agentrouter.e2e.system.Repository;
import io.agentrouter.runtime.testing.RedisServers;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.embedded.RedisServer;

/** The agent type that CONTRIBUTING.md adds, as it stands there. */
class ContributingTest {

    private static final String CLASS_PATH = Repository.ROOT.resolve("agent-runtime/target/classes")
            + File.pathSeparator
            + System.getProperty("java.class.path");

    private final RedisServer redis = RedisServers.start();

    @TempDir
    private Path classes = Path.of("");

    @AfterEach
    void stopRedis() throws IOException {
        redis.stop();
    }

    @Test
    @Tag("slow")
    void exampleAgent_compilesAndAnswersThroughTheGateway() {
        JavaSource.compile("EchoAgentApplication", Markdown.only("CONTRIBUTING.md", "java"), CLASS_PATH, classes);
        try (PartProcess echo = echo();
                PartProcess gateway = gateway(echo)) {
            echo.awaitHealthy();
            gateway.awaitAlive();

            Answer answer = gateway.client().ask(Ask.of("echo", "Hello"));

            assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
            assertThat(answer.text()).isEqualTo("You sent 1 messages.");
        }
    }

    private PartProcess echo() {
        return PartProcess.ofClass(
                "io.agentrouter.echo.EchoAgentApplication",
                RedisServers.freePort(),
                classes + File.pathSeparator + CLASS_PATH,
                Map.of("AGENT_TYPE", "echo", "SPRING_DATA_REDIS_URL", redisUrl()));
    }

    private PartProcess gateway(PartProcess echo) {
        return PartProcess.ofModule(
                "gateway",
                RedisServers.freePort(),
                Map.of("SPRING_DATA_REDIS_URL", redisUrl()),
                Parts.entry("echo", echo.url()).toArray(String[]::new));
    }

    private String redisUrl() {
        return "redis://127.0.0.1:" + redis.ports().getFirst();
    }
}
