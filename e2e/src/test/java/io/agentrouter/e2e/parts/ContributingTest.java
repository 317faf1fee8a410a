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
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent type that CONTRIBUTING.md adds, as it stands there. */
class ContributingTest {

    private static final String CLASS_PATH = Repository.ROOT.resolve("agent-runtime/target/classes")
            + File.pathSeparator
            + System.getProperty("java.class.path");

    @TempDir
    private Path classes = Path.of("");

    @Test
    void exampleAgent_compilesAndAnswersThroughTheGateway() {
        JavaSource.compile("EchoAgentApplication", Markdown.only("CONTRIBUTING.md", "java"), CLASS_PATH, classes);
        int port = RedisServers.freePort();
        try (Parts parts = Parts.start(Map.of("echo", "http://127.0.0.1:" + port));
                PartProcess echo = echo(port, parts.redisUrl())) {
            echo.awaitHealthy();

            Answer answer = parts.client().ask(Ask.of("echo", "Hello"));

            assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
            assertThat(answer.text()).isEqualTo("You sent 1 messages.");
        }
    }

    private PartProcess echo(int port, String redisUrl) {
        return PartProcess.ofClass(
                "io.agentrouter.echo.EchoAgentApplication",
                port,
                classes + File.pathSeparator + CLASS_PATH,
                Map.of("AGENT_TYPE", "echo", "SPRING_DATA_REDIS_URL", redisUrl));
    }
}
