package io.agentrouter.e2e.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.agentrouter.runtime.testing.RedisServers;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import redis.embedded.RedisServer;

/**
 * The images that {@code mvn package k8s:build} made, in Docker on Linux. By their names these tests come before those on a cluster,
 * while the machine is free to start a container as quickly as it can.
 */
@Tag("cluster")
class ImagesTest {

    private static final String CACHE_REQUIRED = "--env=JDK_JAVA_OPTIONS=-XX:AOTMode=on";

    /** Over the socket, which is all that the sandbox listens on. */
    private static final String ASK_FOR_HEALTH = """
            import socket
            s = socket.socket(socket.AF_UNIX)
            s.connect("/tmp/agent-router-sandbox/sandbox.sock")
            s.sendall(b"GET /health HTTP/1.1\\r\\nHost: sandbox\\r\\nConnection: close\\r\\n\\r\\n")
            print(b"".join(iter(lambda: s.recv(4096), b"")).decode())
            """;

    private static final Duration LONGEST_START = Duration.ofSeconds(4);

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final int port = RedisServers.freePort();
    private RedisServer redis;

    @BeforeEach
    void startRedis() {
        redis = RedisServers.start();
    }

    @AfterEach
    void stopRedis() throws IOException {
        redis.stop();
    }

    @ParameterizedTest
    @CsvSource({"gateway, 10001:10000", "qa-agent, 10001:10000", "coding-agent, 10001:10000", "sandbox, 10002:10000"})
    void image_hasTheNumericUserOfItsPod(String module, String user) {
        assertThat(Container.docker(
                        List.of("image", "inspect", "--format", "{{.Config.User}}", Container.image(module))))
                .isEqualTo(user);
    }

    @ParameterizedTest
    @CsvSource({"base.image, gateway", "base.image, qa-agent", "base.image, coding-agent", "sandbox.base.image, sandbox"
    })
    void image_standsOnTheBaseThatIsNamed(String property, String module) {
        String base = System.getProperty(property, "");
        assumeFalse(base.isEmpty(), "the default's layers are not here");

        assertThat(layers(Container.image(module))).startsWith(layers(base));
    }

    /** Once in three times, since a busy machine makes a start slower and nothing makes it faster. */
    @Test
    void qaAgent_isHealthyWithinFourSecondsOfItsContainersStart_atItsOwnLimits(TestReporter reporter) {
        List<Duration> starts = new ArrayList<>();
        do {
            try (Container agent = qaAgent()) {
                awaitAnswer(agent, "/health");
                starts.add(Duration.between(agent.started(), Instant.now()));
            }
        } while (starts.size() < 3 && starts.getLast().compareTo(LONGEST_START) >= 0);
        reporter.publishEntry("container start to /health 200", starts.toString());

        assertThat(starts.getLast()).as("of " + starts).isLessThan(LONGEST_START);
    }

    @ParameterizedTest
    @CsvSource({"gateway, /livez", "qa-agent, /health", "coding-agent, /livez"})
    void container_startsWithTheImagesCache_andDrainsAndEndsByItselfWhenTerminated(String module, String path) {
        try (Container container = start(module, CACHE_REQUIRED)) {
            awaitAnswer(container, path);

            assertEndsByItself(container);
            assertThat(container.log()).contains("Draining");
        }
    }

    @Test
    void sandbox_startsWithTheImagesCache_saysWhichToolsItHas_andEndsByItselfWhenTerminated() {
        try (Container sandbox =
                Container.start("sandbox", List.of("--env=SANDBOX_ISOLATION=container", CACHE_REQUIRED))) {
            String health = await(sandbox)
                    .until(() -> sandbox.exec("python3", "-c", ASK_FOR_HEALTH), answer -> answer.status() == 0)
                    .text();

            assertThat(Stream.of("sh", "git", "python3", "java", "mvn", "node"))
                    .allSatisfy(tool -> assertThat(health.contains('"' + tool + '"'))
                            .as(tool)
                            .isEqualTo(sandbox.exec("test", "-x", "/usr/bin/" + tool)
                                            .status()
                                    == 0));
            assertEndsByItself(sandbox);
        }
    }

    /** Digests, the lowest first, as one text. */
    private static String layers(String image) {
        String layers = Container.docker(
                List.of("image", "inspect", "--format", "{{range .RootFS.Layers}}{{.}} {{end}}", image));
        assertThat(layers).startsWith("sha256:");
        return layers;
    }

    private static void assertEndsByItself(Container container) {
        assertThat(container.stop()).isEqualTo(128 + 15);
        assertThat(container.log()).contains("Graceful shutdown complete");
    }

    private Container qaAgent() {
        return start("qa-agent", "--cpus=1", "--memory=512m");
    }

    private Container start(String module, String... more) {
        List<String> options = new ArrayList<>(List.of("--env=SERVER_PORT=" + port));
        options.add("--env=MANAGEMENT_SERVER_PORT=" + RedisServers.freePort());
        options.add("--env=MODEL_REQUIRED=false");
        options.add(
                "--env=SPRING_DATA_REDIS_URL=redis://127.0.0.1:" + redis.ports().getFirst());
        options.addAll(List.of(more));
        return Container.start(module, options);
    }

    private void awaitAnswer(Container container, String path) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .build();
        await(container)
                .until(() -> HTTP.send(request, BodyHandlers.discarding()).statusCode() == 200);
    }

    private static ConditionFactory await(Container container) {
        return Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(20))
                .failFast("the container has ended", () -> !container.runs())
                .ignoreExceptionsInstanceOf(IOException.class);
    }
}
