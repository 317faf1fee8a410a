package io.agentrouter.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.agentrouter.sandbox.settings.CleanEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With what a sandbox starts, and with what it does not. */
class StartTest {

    private static final Map<String, String> NO_BUBBLEWRAP = Map.of("PATH", "/nowhere");

    @Test
    void secretInTheEnvironment_isRefusedByNameAndNotShown() {
        assertThatThrownBy(() ->
                        TestSandbox.start(User.SELF, Map.of("OPENAI_API_KEY", "canary-1f"), "sandbox.isolation=off"))
                .hasMessageContaining("must be started without secrets")
                .hasMessageContaining("OPENAI_API_KEY")
                .hasMessageNotContaining("canary-1f");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "OPENAI_API_KEY", "openai_apikey", "SPRING_DATA_REDIS_URL", "REDIS_PASSWORD",
                        "SPRING_DATASOURCE_PASSWD",
                "GITHUB_TOKEN", "AWS_ACCESS_KEY_ID", "AWS_SECRET", "GOOGLE_APPLICATION_CREDENTIALS", "SSH_PRIVATE_KEY"
            })
    void namesOfSecrets_areKnown(String variable) {
        assertThatThrownBy(() -> CleanEnvironment.require(Map.of("PATH", "/usr/bin", variable, "x")))
                .hasMessageContaining(variable)
                .hasMessageNotContaining("PATH");
    }

    @Test
    void ordinaryVariables_areNoSecrets() {
        CleanEnvironment.require(Map.of(
                "PATH",
                "x",
                "HOME",
                "x",
                "LANG",
                "x",
                "JAVA_TOOL_OPTIONS",
                "x",
                "SANDBOX_SOCKET",
                "x",
                "HOSTNAME",
                "x"));
    }

    @Test
    void isolationOff_runsNothingAndSaysSo_onASocketThatIsClosedToOthers() throws IOException {
        try (TestSandbox sandbox = TestSandbox.start("sandbox.isolation=off")) {
            assertOff(sandbox, "sandbox.isolation=off");
            assertThat(permissions(sandbox.socket().resolveSibling(""))).isEqualTo("rwx------");
            assertThat(permissions(sandbox.socket())).isEqualTo("rw-------");
        }
    }

    @Test
    void bubblewrapThatIsMissing_leavesExecOff() throws IOException {
        try (TestSandbox sandbox = TestSandbox.start(User.SELF, NO_BUBBLEWRAP)) {
            assertOff(sandbox, "bwrap is not installed");
        }
    }

    @Test
    void bubblewrapThatIsMissingButRequired_isNoStart() {
        assertThatThrownBy(() -> TestSandbox.start(User.SELF, NO_BUBBLEWRAP, "sandbox.isolation=bubblewrap"))
                .hasMessageContaining("sandbox.isolation is BUBBLEWRAP, but")
                .hasMessageContaining("bwrap is not installed");
    }

    @Test
    void containerWithoutUtilLinux_isNoStart() {
        assertThatThrownBy(() -> TestSandbox.start(User.SELF, NO_BUBBLEWRAP, "sandbox.isolation=container"))
                .hasMessageContaining("The sandbox's image runs no commands")
                .hasMessageContaining("util-linux");
    }

    /** An agent that starts at the same time removes from the workspaces' directory what it did not make. */
    @Test
    @Tag("slow")
    @EnabledIf("io.agentrouter.sandbox.Machine#hasBubblewrap")
    void bubblewrapIsTried_awayFromTheWorkspaces() throws IOException {
        Path directory = Files.createTempDirectory("sandbox-test-");
        Path workspaces = Files.createDirectory(directory.resolve("workspaces"));
        FileTime untouched = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));
        Files.setLastModifiedTime(workspaces, untouched);

        try (TestSandbox sandbox = TestSandbox.start(User.SELF, directory, Map.of(), "sandbox.isolation=bubblewrap")) {
            assertThat(sandbox.client().get("/health").body().path("isolation").asString())
                    .isEqualTo("bubblewrap");
            assertThat(Files.getLastModifiedTime(workspaces)).isEqualTo(untouched);
        }
    }

    private static void assertOff(TestSandbox sandbox, String reason) throws IOException {
        sandbox.workspace("w");
        var health = sandbox.client().get("/health");
        var refused = sandbox.client().exec(Map.of("workspace", "w", "command", List.of("touch", "x")));

        assertThat(health.status()).isEqualTo(200);
        assertThat(health.body().path("isolation").asString()).isEqualTo("off");
        assertThat(health.body().path("modes").toString()).isEqualTo("[\"exec-off\"]");
        assertThat(health.body().path("tools").toString()).isEqualTo("[]");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.body().path("error").path("code").asString()).isEqualTo("exec_off");
        assertThat(refused.body().path("detail").asString()).contains(reason);
        assertThat(sandbox.workspaces().resolve("w/x")).doesNotExist();
        assertThat(sandbox.log()).contains("isolation: off. ").contains(reason);
    }

    @Test
    @Tag("slow")
    @EnabledIf("io.agentrouter.sandbox.Machine#hasBubblewrap")
    void sandboxThatIsKilled_leavesNoProcess_andStartsAgainWhereItWas() throws IOException {
        try (TestSandbox sandbox = TestSandbox.start("sandbox.isolation=bubblewrap")) {
            String unique = CommandTests.uniqueSeconds();
            sandbox.workspace("w");
            sandbox.client()
                    .later(CommandTests.command("w", 60, "setsid sleep " + unique + " & sleep " + unique))
                    .onErrorComplete()
                    .subscribe();
            await().until(() -> Processes.anyWith(unique));

            sandbox.crash();
            await().atMost(Duration.ofMillis(1500)).until(() -> !Processes.anyWith(unique));
            sandbox.restart();

            assertThat(sandbox.client().sh("w", "echo back").path("output").asString())
                    .isEqualTo("back\n");
        }
    }

    @Test
    @Tag("slow")
    void temporaryFilesOfAnEarlierProcess_areDeletedAtStart() throws IOException {
        try (TestSandbox sandbox = TestSandbox.startAsOrdinaryUser("sandbox.isolation=container")) {
            Path temporaries = sandbox.socket().resolveSibling("tmp");
            sandbox.workspace("w");
            var running = sandbox.client()
                    .later(CommandTests.command("w", 60, "mkdir -p $TMPDIR/a/b; sleep 3"))
                    .onErrorComplete()
                    .toFuture();
            await().until(() -> count(temporaries) == 1);

            sandbox.crash();
            running.orTimeout(20, TimeUnit.SECONDS).join();
            assertThat(count(temporaries)).isEqualTo(1);
            sandbox.restart();

            assertThat(count(temporaries)).isZero();
        }
    }

    private static long count(Path directory) throws IOException {
        try (var entries = Files.list(directory)) {
            return entries.count();
        }
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Set.copyOf(Files.getPosixFilePermissions(path)));
    }
}
