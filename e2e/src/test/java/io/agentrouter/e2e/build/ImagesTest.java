package io.agentrouter.e2e.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agentrouter.runtime.testing.RedisServers;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
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

    /** The best of three, since a busy machine makes a start slower and nothing makes it faster. */
    @Test
    void qaAgent_isHealthyWithinFourSecondsOfItsContainersStart_atItsOwnLimits(TestReporter reporter) {
        List<Duration> starts = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            try (Container agent = qaAgent()) {
                awaitHealthy(agent);
                starts.add(Duration.between(agent.started(), Instant.now()));
            }
        }
        reporter.publishEntry("container start to /health 200", starts.toString());

        assertThat(Collections.min(starts)).as("of " + starts).isLessThan(Duration.ofSeconds(4));
    }

    @Test
    void containerThatIsTerminated_drainsAndEndsByItself() {
        try (Container agent = qaAgent()) {
            awaitHealthy(agent);

            assertThat(agent.stop()).isEqualTo(128 + 15);
            assertThat(agent.log()).contains("Draining");
        }
    }

    @Test
    void startInAContainer_usesTheImagesCache() {
        try (Container agent = qaAgent("--env=JDK_JAVA_OPTIONS=-XX:AOTMode=on")) {
            awaitHealthy(agent);
        }
    }

    private Container qaAgent(String... more) {
        List<String> options = new ArrayList<>(List.of("--cpus=1", "--memory=512m", "--env=SERVER_PORT=" + port));
        options.add("--env=MODEL_REQUIRED=false");
        options.add(
                "--env=SPRING_DATA_REDIS_URL=redis://127.0.0.1:" + redis.ports().getFirst());
        options.addAll(List.of(more));
        return Container.start("qa-agent", options);
    }

    private void awaitHealthy(Container agent) {
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(20))
                .failFast("the container has ended", () -> !agent.runs())
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> HTTP.send(
                                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health"))
                                                .build(),
                                        BodyHandlers.discarding())
                                .statusCode()
                        == 200);
    }
}
