package io.agentrouter.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** The HTTP face, whatever the walls are. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExecTest {

    private final TestSandbox sandbox;

    ExecTest() throws IOException {
        sandbox = TestSandbox.startAsOrdinaryUser("sandbox.isolation=unsafe", "sandbox.concurrent=2");
    }

    @AfterAll
    void stop() throws IOException {
        sandbox.close();
    }

    @Test
    void commandInAWorkspace_seesItsFilesAndLeavesItsOwn() throws IOException {
        Path workspace = sandbox.workspace("w");
        Files.writeString(workspace.resolve("in.txt"), "from the agent");

        JsonNode result = sandbox.client().sh("w", "cat in.txt; echo ' >&1'; echo err >&2; echo out > out.txt; exit 3");

        assertThat(result.path("exitCode").asInt()).isEqualTo(3);
        assertThat(result.path("ended").asString()).isEqualTo("exited");
        assertThat(result.path("output").asString()).isEqualTo("from the agent >&1\nerr\n");
        assertThat(workspace.resolve("out.txt")).hasContent("out");
    }

    @Test
    void health_saysThatCommandsAreUnwalled_andNamesTools() {
        JsonNode health = sandbox.client().get("/health").body();

        assertThat(health.path("status").asString()).isEqualTo("ok");
        assertThat(health.path("modes").toString()).isEqualTo("[\"exec-unsafe\"]");
        assertThat(health.path("isolation").asString()).isEqualTo("unsafe");
        assertThat(health.path("tools").toString()).contains("\"sh\"");
        assertThat(sandbox.client().get("/livez").status()).isEqualTo(200);
    }

    @Test
    void temporaryDirectoryThatBecameALink_leavesItsTargetAsItWas() throws IOException {
        Path workspace = sandbox.workspace("temporary");

        JsonNode result =
                sandbox.client().sh("temporary", "mkdir -m 500 locked && rmdir $TMPDIR && ln -s $PWD/locked $TMPDIR");

        assertThat(result.path("exitCode").asInt()).as(result.toString()).isZero();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(workspace.resolve("locked"))))
                .isEqualTo("r-x------");
    }

    @Test
    void requestThatCannotBeUsed_isRefusedNamingItsField() throws IOException {
        sandbox.workspace("fields");
        assertRefused(Map.of("command", List.of("true")), 400, "invalid_request", "workspace");
        assertRefused(body("../fields", List.of("true")), 400, "invalid_request", "workspace");
        assertRefused(body("missing", List.of("true")), 404, "workspace_unknown", "workspace");
        Files.createSymbolicLink(sandbox.workspaces().resolve("link"), Path.of("/etc"));
        assertRefused(body("link", List.of("true")), 404, "workspace_unknown", "workspace");
        assertRefused(body("fields", List.of()), 400, "invalid_request", "command");
        assertRefused(with("directory", ".."), 400, "invalid_request", "directory");
        assertRefused(with("directory", "/etc"), 400, "invalid_request", "directory");
        assertRefused(with("directory", "no\0where"), 400, "invalid_request", "directory");
        assertRefused(with("timeoutSeconds", 0), 400, "invalid_request", "timeoutSeconds");
        assertRefused(with("timeoutSeconds", 100_000), 400, "invalid_request", "timeoutSeconds");
    }

    @Test
    void directoryThatIsALinkOutOfTheWorkspace_isRefused() throws IOException {
        Files.createSymbolicLink(sandbox.workspace("links").resolve("out"), Path.of("/etc"));

        SandboxClient.Answer answer = sandbox.client()
                .exec(Map.of("workspace", "links", "directory", "out", "command", List.of("cat", "passwd")));

        assertThat(answer.body().path("error").path("param").asString()).isEqualTo("directory");
    }

    @Test
    void whatIsNoRequest_getsTheOneErrorBody() {
        assertProblem(sandbox.client().exec("{"), 400, "invalid_json");
        assertProblem(sandbox.client().exec("[]"), 400, "invalid_json");
        assertProblem(sandbox.client().exec("x".repeat(2_000_000)), 413, "payload_too_large");
        assertProblem(sandbox.client().get("/nowhere"), 404, "not_found");
        assertProblem(sandbox.client().get("/v1/exec"), 405, "method_not_allowed");
    }

    @Test
    void commandsBeyondThoseThatRunAtOnce_areRefusedAsBusy() throws IOException {
        List<CompletableFuture<SandboxClient.Answer>> running = new ArrayList<>();
        for (String name : List.of("first", "second")) {
            Path workspace = sandbox.workspace(name);
            running.add(sandbox.client()
                    .later(body(name, List.of("sh", "-c", "touch began; until [ -e end ]; do sleep 0.05; done")))
                    .toFuture());
            await().until(() -> Files.exists(workspace.resolve("began")));
        }
        Path third = sandbox.workspace("third");

        assertProblem(sandbox.client().exec(body("third", List.of("touch", "x"))), 503, "busy");
        assertThat(third.resolve("x")).doesNotExist();

        for (String name : List.of("first", "second")) {
            Files.createFile(sandbox.workspaces().resolve(name).resolve("end"));
        }
        running.forEach(answer -> assertThat(answer.join().status()).isEqualTo(200));
        assertThat(sandbox.client().exec(body("third", List.of("touch", "x"))).status())
                .isEqualTo(200);
    }

    @Test
    void limitsOfTheKernel_areThoseThatAreConfigured() throws IOException {
        sandbox.workspace("limits");

        String limits = sandbox.client()
                .run("limits", 20, "cat", "/proc/self/limits")
                .path("output")
                .asString();

        assertThat(limits)
                .containsPattern("Max core file size +0 ")
                .containsPattern("Max cpu time +" + 21 * Runtime.getRuntime().availableProcessors() + " ")
                .containsPattern("Max data size +" + 2 * (640 << 20) + " ")
                .containsPattern("Max file size +" + (256 << 20) + " ")
                .containsPattern("Max open files +1024 ")
                .containsPattern("Max processes +4096 ");
    }

    @Test
    void programThatIsMissing_endsLikeAShellSaysIt() throws IOException {
        sandbox.workspace("program");

        JsonNode result = sandbox.client().run("program", 5, "no-such-program");

        assertThat(result.path("exitCode").asInt()).isEqualTo(127);
        assertThat(result.path("output").asString()).contains("no-such-program");
    }

    private void assertRefused(Map<String, ?> body, int status, String code, String param) {
        SandboxClient.Answer answer = sandbox.client().exec(body);
        assertProblem(answer, status, code);
        assertThat(answer.body().path("error").path("param").asString()).isEqualTo(param);
    }

    private static void assertProblem(SandboxClient.Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(status);
        assertThat(answer.body().path("type").asString()).isEqualTo("urn:agent-router:error:" + code);
        assertThat(answer.body().path("error").path("code").asString()).isEqualTo(code);
        assertThat(answer.body().path("detail").asString()).isNotEmpty();
    }

    private static Map<String, ?> body(String workspace, List<String> command) {
        return Map.of("workspace", workspace, "command", command);
    }

    private static Map<String, ?> with(String field, Object value) {
        return Map.of("workspace", "fields", "command", List.of("true"), field, value);
    }
}
