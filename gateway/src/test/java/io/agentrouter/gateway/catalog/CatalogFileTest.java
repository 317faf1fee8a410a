package io.agentrouter.gateway.catalog;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.agentrouter.gateway.FakeAgent;
import io.agentrouter.gateway.TestGateway;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A gateway that runs, and the file that its agent types come from. */
@ExtendWith(OutputCaptureExtension.class)
class CatalogFileTest {

    @TempDir
    private Path directory;

    private final FakeAgent agent = new FakeAgent();

    @Test
    void typeThatIsAdded_changedAndTakenAway_isRoutedWithoutARestart() throws Exception {
        try (var gateway = start()) {
            assertThat(ask(gateway, "review").statusCode()).isEqualTo(404);

            write(review(agent.uri(), "1MB"));
            await().untilAsserted(() ->
                    assertThat(ask(gateway, "review").statusCode()).isEqualTo(200));
            assertThat(gateway.get("/agents").body()).contains("\"review\"", "\"problems\":[]");
            assertThat(gateway.metrics()).contains("agentrouter_slots{type=\"review\"} 1.0");

            write(review(agent.uri(), "1B"));
            await().untilAsserted(() ->
                    assertThat(ask(gateway, "review").statusCode()).isEqualTo(413));

            Files.delete(file());
            await().untilAsserted(() ->
                    assertThat(ask(gateway, "review").statusCode()).isEqualTo(404));
            assertThat(ask(gateway, "qa").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void typeThatIsTakenAway_stillAnswersThoseWhoWereThere_whetherTheyRunOrWait() throws Exception {
        write(review(agent.uri(), "1MB"));
        try (var gateway = start()) {
            Runnable end = agent.holdRuns();
            var running = CompletableFuture.supplyAsync(() -> askAndWait(gateway));
            await().untilAsserted(() ->
                    assertThat(gateway.metrics()).contains("agentrouter_outstanding{type=\"review\"} 1.0"));
            var waiting = CompletableFuture.supplyAsync(() -> askAndWait(gateway));
            await().untilAsserted(
                            () -> assertThat(gateway.metrics()).contains("agentrouter_queued{type=\"review\"} 1.0"));

            Files.delete(file());
            await().untilAsserted(() ->
                    assertThat(ask(gateway, "review").statusCode()).isEqualTo(404));
            end.run();

            assertThat(running.get(10, SECONDS).statusCode()).isEqualTo(200);
            assertThat(waiting.get(10, SECONDS).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void typesOfOneFile_changeTogether() throws Exception {
        write(reviewAndAudit(0));
        try (var gateway = start()) {
            for (int version = 1; version <= 10; version++) {
                String next = "Version " + version + ".";
                write(reviewAndAudit(version));
                await().pollInterval(Duration.ofMillis(1)).until(() -> {
                    List<String> seen = descriptionsButOf(gateway, "qa", "coding");
                    assertThat(seen).hasSize(2).containsOnly(seen.getFirst());
                    return seen.contains(next);
                });
            }
        }
    }

    @Test
    void typeWhoseUriNamesNoPort_isTakenAway(CapturedOutput output) throws Exception {
        write(review("http://127.0.0.1", "1MB"));
        try (var gateway = start()) {
            assertThat(ask(gateway, "review").statusCode()).isNotEqualTo(404);

            Files.delete(file());
            await().untilAsserted(() ->
                    assertThat(ask(gateway, "review").statusCode()).isEqualTo(404));
        }
        assertThat(output).doesNotContain("port out of range");
    }

    @Test
    void otherUriAndSlots_holdForTheNextRequest() throws Exception {
        write(review("http://127.0.0.1:1", "1MB"));
        try (var gateway = start()) {
            assertThat(ask(gateway, "review").statusCode()).isEqualTo(503);

            write(review(agent.uri(), "1MB").replace("slots: 1", "slots: 7"));

            await().untilAsserted(() ->
                    assertThat(ask(gateway, "review").statusCode()).isEqualTo(200));
            assertThat(gateway.metrics()).contains("agentrouter_slots{type=\"review\"} 7.0");
        }
    }

    @Test
    void typeOfTheFile_winsOverTheSameOneElsewhere_keyByKey() throws Exception {
        write("router: {agents: {qa: {description: Of the file.}}}");
        try (var gateway = start()) {
            assertThat(gateway.get("/agents").body())
                    .contains("Of the file.")
                    .doesNotContain("Answers questions over documents");
            assertThat(ask(gateway, "qa").statusCode()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            router: {agents: {review: {uri: nowhere}}}   | router.agents.review.uri: must be http://host:port
            router: {agents: {qa: {colour: red}}}        | router.agents.qa.colour is not a known key
            router: {agents: {qa: {max-body: big}}}      | router.agents.qa.max-body:
            router: {agents: {redis: {uri: 'http://a', description: x, resources: {memory: 1Gi, cpu: 1, slots: 1}}}} | router.agents[redis]: must be
            router: {max-depth: 3}                       | router.max-depth is not under router.agents.
            router: {agents: {qa: [                      | while parsing
            """)
    void badFile_keepsWhatWas_andIsSeen(String yaml, String problem, CapturedOutput output) throws Exception {
        write(review(agent.uri(), "1MB"));
        try (var gateway = start()) {
            write(yaml);

            await().untilAsserted(
                            () -> assertThat(gateway.get("/agents").body()).contains(file() + ": ", problem.strip()));
            assertThat(gateway.metrics()).containsPattern("agentrouter_catalog_problems [1-9]");
            assertThat(output).contains("Not in the catalog: " + file() + ": ", problem.strip());
            assertThat(ask(gateway, "review").statusCode()).isEqualTo(200);

            write(review(agent.uri(), "1MB"));
            await().untilAsserted(
                            () -> assertThat(gateway.get("/agents").body()).contains("\"problems\":[]"));
        }
    }

    @Test
    void fileThatIsTooLarge_isSeen_untilTheOneBeforeIsBack() throws Exception {
        write(review(agent.uri(), "1MB"));
        try (var gateway = start()) {
            write(review(agent.uri(), "1MB") + "#".repeat(1024 * 1024));
            await().untilAsserted(
                            () -> assertThat(gateway.get("/agents").body()).contains(file() + ": it is larger than"));
            assertThat(ask(gateway, "review").statusCode()).isEqualTo(200);

            write(review(agent.uri(), "1MB"));
            await().untilAsserted(
                            () -> assertThat(gateway.get("/agents").body()).contains("\"problems\":[]"));
            assertThat(gateway.metrics()).contains("agentrouter_catalog_problems 0");
        }
    }

    @Test
    void badFileAtStart_failsItNamingTheKey(CapturedOutput output) throws Exception {
        write("router: {agents: {qa: {max-body: -1}}}");
        assertThatThrownBy(() -> start().close());
        assertThat(output).contains("APPLICATION FAILED TO START", file().toString(), "max-body must be at least 1B");
    }

    private TestGateway start() {
        return TestGateway.start(
                "router.agents.qa.uri=" + agent.uri(),
                "router.catalog.file=" + file(),
                "router.catalog.check-interval=20ms",
                "router.discovery.check-age=0s");
    }

    private static HttpResponse<String> ask(TestGateway gateway, String type) {
        return gateway.send(
                "/agents/" + type + "/v1/chat/completions",
                request -> request.header("Prefer", "wait=0").POST(BodyPublishers.ofString("{\"messages\":[]}")));
    }

    private static HttpResponse<String> askAndWait(TestGateway gateway) {
        return gateway.send(
                "/agents/review/v1/chat/completions",
                request -> request.POST(BodyPublishers.ofString("{\"messages\":[]}")));
    }

    private static List<String> descriptionsButOf(TestGateway gateway, String... types) {
        return TestGateway.json(gateway.get("/agents"))
                .path("agents")
                .valueStream()
                .filter(agent -> !List.of(types).contains(agent.path("type").asString()))
                .map(agent -> agent.path("description").asString())
                .toList();
    }

    private String reviewAndAudit(int version) {
        String review = review(agent.uri(), "1MB").replace("Reviews changes.", "Version " + version + ".");
        String entry = review.substring(review.indexOf("    review:"));
        return review + entry.replace("review:", "audit:");
    }

    private static String review(String uri, String maxBody) {
        return """
                router:
                  agents:
                    review:
                      uri: %s
                      description: Reviews changes.
                      reports-slots: false
                      max-body: %s
                      resources: {memory: 1Gi, cpu: 1, slots: 1}
                """.formatted(uri, maxBody);
    }

    /** At once, as Kubernetes changes what it mounts. */
    private void write(String yaml) throws IOException {
        Path next = Files.writeString(directory.resolve("next"), yaml);
        Files.move(next, file(), StandardCopyOption.ATOMIC_MOVE);
    }

    private Path file() {
        return directory.resolve("agents.yml");
    }

    @AfterEach
    void stop() {
        agent.close();
    }
}
