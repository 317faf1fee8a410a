package io.agentrouter.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agentrouter.local.testing.LauncherProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher as a process, over parts that are quick to start and do as they are told. */
class LauncherTest {

    private static final String SIGTERM = "143";

    @TempDir
    Path directory;

    private Path root = Path.of("");
    private int port;

    @BeforeEach
    void buildRepository() throws IOException {
        root = StubRepository.in(directory);
        port = Ports.free(1).getFirst();
    }

    @Test
    void start_showsEachPartHealthyAndThenCommandsToPaste_andPassesOnWhatPartsNeedAndNoMore() throws IOException {
        try (LauncherProcess launcher = start(Map.of()).awaitReady()) {
            await().untilAsserted(() -> assertThat(launcher.output())
                    .containsPattern("redis +healthy +\\d+\\.\\d s")
                    .containsPattern("sandbox +healthy +\\d+\\.\\d s +stub")
                    .containsPattern("qa-agent +healthy")
                    .containsPattern("coding-agent +healthy")
                    .containsPattern("gateway +healthy")
                    .contains("curl http://127.0.0.1:" + port + "/v1/chat/completions")
                    .contains("base_url=\"http://127.0.0.1:" + port + "/v1\""));
            assertThat(log("gateway")).contains("SERVER_ADDRESS=127.0.0.1", "SERVER_PORT=" + port);
            assertThat(log("qa-agent"))
                    .contains("SERVER_ADDRESS=127.0.0.1")
                    .doesNotContain("OPENAI_API_KEY", "OPENAI_BASE_URL", "AGENT_MODEL");
            assertThat(variable("coding-agent", "AGENT_MEMORY_LIMIT"))
                    .as("that of its whole pod")
                    .isEqualTo("4Gi");
        }
    }

    @Test
    void secrets_reachTheAgentsOnly() throws IOException {
        Map<String, String> environment = Map.of(
                "OPENAI_API_KEY",
                "sk-secret",
                "AGENT_MODEL",
                "small",
                "UNRELATED_TOKEN",
                "t0p",
                "QA_DOCUMENTS",
                "/notes");
        try (LauncherProcess _ = start(environment).awaitReady()) {
            assertThat(log("qa-agent"))
                    .contains("OPENAI_API_KEY=sk-secret", "AGENT_MODEL=small", "QA_DOCUMENTS=/notes");
            assertThat(log("coding-agent")).contains("OPENAI_API_KEY=sk-secret").doesNotContain("QA_DOCUMENTS");
            assertThat(log("sandbox")).doesNotContain("sk-secret", "redis://");
            assertThat(log("gateway")).doesNotContain("sk-secret").contains("SPRING_DATA_REDIS_URL=redis://:");
            assertThat(log("qa-agent") + log("coding-agent") + log("sandbox") + log("gateway"))
                    .doesNotContain("UNRELATED_TOKEN");
        }
    }

    @Test
    void sigterm_stopsEveryPartAndLeavesNoState() throws IOException {
        LauncherProcess launcher = start(Map.of()).awaitReady();
        Path state = Path.of(variable("sandbox", "SANDBOX_SOCKET")).resolveSibling(".");

        assertThat(launcher.terminate().awaitExit()).hasToString(SIGTERM);

        assertThat(launcher.parts()).hasSizeGreaterThanOrEqualTo(6).noneMatch(ProcessHandle::isAlive);
        assertThat(state).doesNotExist();
    }

    @Test
    @Tag("slow")
    void partThatIgnoresSigterm_isKilled() {
        LauncherProcess launcher = start(Map.of("QA_STUB", "stays")).awaitReady();

        launcher.terminate().awaitExit();

        assertThat(launcher.parts()).noneMatch(ProcessHandle::isAlive);
    }

    @Test
    void launcherThatIsKilled_leavesNoProcessAndNoState() throws IOException {
        LauncherProcess launcher = start(Map.of()).awaitReady();
        Path state = Path.of(variable("sandbox", "SANDBOX_SOCKET")).resolveSibling(".");

        launcher.kill();

        await().atMost(Duration.ofSeconds(15))
                .untilAsserted(() -> assertThat(launcher.parts()).noneMatch(ProcessHandle::isAlive));
        assertThat(state).doesNotExist();
    }

    @Test
    void partThatDies_stopsEverythingAndSaysWhich() {
        LauncherProcess launcher = start(Map.of()).awaitReady();

        launcher.part("qa-agent").destroyForcibly();

        assertThat(launcher.awaitExit()).isEqualTo(1);
        assertThat(launcher.output()).contains("qa-agent ended with exit code 137", "so everything is stopped");
        assertThat(launcher.parts()).noneMatch(ProcessHandle::isAlive);
    }

    @Test
    void partThatDoesNotComeUp_stopsEverythingAndShowsTheEndOfItsLog() {
        LauncherProcess launcher = start(Map.of("QA_STUB", "fails"));

        assertThat(launcher.awaitExit()).isEqualTo(1);
        assertThat(launcher.output())
                .contains("qa-agent ended while it started, with exit code 3")
                .contains("qa-agent.log")
                .contains("| There are no documents.");
    }

    @Test
    void portThatIsTaken_isSaidBeforeAnythingStarts() throws IOException {
        try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            LauncherProcess launcher = start(Map.of());

            assertThat(launcher.awaitExit()).isEqualTo(1);
            assertThat(launcher.output().strip().lines())
                    .singleElement()
                    .asString()
                    .startsWith("Port " + port + " cannot be used");
        }
    }

    @Test
    @Tag("slow")
    void twoInstances_runSideBySide() {
        try (LauncherProcess _ = start(Map.of()).awaitReady()) {
            port = Ports.free(1).getFirst();
            try (LauncherProcess second = start(Map.of()).awaitReady()) {
                assertThat(second.parts()).allMatch(ProcessHandle::isAlive);
            }
        }
    }

    @Test
    void agentTypeThatIsAddedAsAModule_isStartedAndTheGatewayLearnsItsUri() throws IOException {
        Path target = Files.createDirectories(root.resolve("legal-notes-agent/target"));
        Files.writeString(root.resolve("legal-notes-agent/pom.xml"), "<project/>");
        Files.copy(
                root.resolve("qa-agent/target/qa-agent-0.1.0-SNAPSHOT.jar"), target.resolve("legal-notes-agent-2.jar"));
        try (LauncherProcess launcher = start(Map.of()).awaitReady()) {
            assertThat(launcher.output()).containsPattern("legal-notes-agent +healthy");
            assertThat(log("gateway")).contains("argument --router.agents.legal-notes.uri=http://127.0.0.1:");
        }
    }

    private LauncherProcess start(Map<String, String> environment, String... options) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Launcher.class.getName(),
                "--port",
                Integer.toString(port)));
        command.addAll(List.of(options));
        return LauncherProcess.start(root, environment, command.toArray(String[]::new));
    }

    private String log(String part) throws IOException {
        return Files.readString(
                root.resolve("target/run").resolve(Integer.toString(port)).resolve(part + ".log"));
    }

    private String variable(String part, String name) throws IOException {
        try (Stream<String> lines = log(part).lines()) {
            return lines.filter(line -> line.startsWith(name + "="))
                    .map(line -> line.substring(name.length() + 1))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
