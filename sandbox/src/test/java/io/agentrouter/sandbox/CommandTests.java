package io.agentrouter.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import tools.jackson.databind.JsonNode;

/**
 * Commands of one sandbox. Beside each runs a witness, another command in another workspace, which must end as it would
 * have without it.
 */
abstract class CommandTests {

    static final List<String> LIMITS = List.of(
            "sandbox.limits.memory=100MB",
            "sandbox.limits.processes=200",
            "sandbox.limits.user-processes=3000",
            "sandbox.limits.file-size=20MB",
            "sandbox.limits.workspace-size=60MB",
            "sandbox.limits.workspace-files=2000",
            "sandbox.limits.printed=8MB",
            "sandbox.limits.output=4KB",
            "sandbox.limits.grace=500ms",
            "sandbox.limits.temporary=32MB");

    static final String CANARY = "canary-7c1f";

    /** What the sandbox itself was started with, and what no command may learn. */
    static final Map<String, String> ENVIRONMENT = Map.of("BESIDE", CANARY);

    protected final TestSandbox sandbox;
    protected String name = "";
    protected Path workspace = Path.of("");
    private CompletableFuture<SandboxClient.Answer> witness = new CompletableFuture<>();

    CommandTests(TestSandbox sandbox) {
        this.sandbox = sandbox;
    }

    static String[] with(String... properties) {
        return Stream.concat(LIMITS.stream(), Arrays.stream(properties)).toArray(String[]::new);
    }

    @BeforeEach
    void beginWitness() throws IOException {
        name = "w-" + UUID.randomUUID();
        workspace = sandbox.workspace(name);
        Path other = sandbox.workspace("witness-" + name);
        witness = sandbox.client()
                .later(command("witness-" + name, 60, witness()))
                .toFuture();
        await().until(() -> witness.isDone() || Files.exists(other.resolve("here")));
        assertThat(witness).isNotDone();
    }

    /** A command beside the hostile one, which starts processes all the time. */
    String witness() {
        return "touch here; until [ -e done ]; do sleep 0.05; done; echo unharmed";
    }

    @AfterEach
    void serviceAndWitnessSurvive() throws IOException {
        assertThat(sandbox.client().get("/health").status()).isEqualTo(200);
        Files.createFile(sandbox.workspaces().resolve("witness-" + name).resolve("done"));
        assertThat(witness.join().body().path("output").asString()).isEqualTo("unharmed\n");
        for (String workspace : List.of(name, "witness-" + name)) {
            assertThat(sandbox.client().delete("/v1/workspaces/" + workspace).status())
                    .isEqualTo(204);
        }
        assertThat(workspace).doesNotExist();
    }

    protected JsonNode sh(String script) {
        return run(20, script);
    }

    protected JsonNode run(int seconds, String script) {
        return sandbox.client().run(name, seconds, "sh", "-c", script);
    }

    protected static Map<String, ?> command(String workspace, int seconds, String script) {
        return Map.of("workspace", workspace, "timeoutSeconds", seconds, "command", List.of("sh", "-c", script));
    }

    /** An argument of {@code sleep} by which a process is found again. */
    protected static String uniqueSeconds() {
        return Integer.toString(ThreadLocalRandom.current().nextInt(100_000_000, 1_000_000_000));
    }

    protected static void assertGone(String argument) {
        await().atMost(Duration.ofSeconds(1)).until(() -> !Processes.anyWith(argument));
    }
}
