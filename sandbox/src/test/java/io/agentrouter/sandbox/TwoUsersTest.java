package io.agentrouter.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;
import org.springframework.util.FileSystemUtils;

/** As in a pod: agent and sandbox are two users of one group, and the directories they share are the agent's. */
@EnabledIf("io.agentrouter.sandbox.User#isRoot")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwoUsersTest {

    /** The system's: what else is called so may be root's alone. */
    private static final String PYTHON = "/usr/bin/python3";

    private final TestSandbox sandbox;
    private final Path runs;
    private String name = "";
    private Path workspace = Path.of("");

    TwoUsersTest() throws IOException {
        Path directory = Files.createTempDirectory("sandbox-test-");
        Files.createDirectories(directory.resolve("workspaces"));
        sandbox = TestSandbox.start(
                User.SANDBOX,
                directory,
                Map.of(),
                "sandbox.isolation=container",
                "sandbox.socket-access=group",
                "sandbox.limits.grace=500ms");
        open(directory, "rwxrwx--x");
        runs = sandbox.workspaces();
        User.AGENT.own(runs);
        open(runs, "rwxr-x---");
    }

    @BeforeEach
    void workspaceAsAnAgentMakesIt() throws IOException {
        name = UUID.randomUUID().toString();
        workspace = Files.createDirectory(runs.resolve(name));
        User.AGENT.own(workspace);
        Files.setAttribute(workspace, "unix:mode", 02770);
    }

    @AfterAll
    void stop() throws IOException {
        sandbox.close();
    }

    @Test
    void agentOfTheGroup_reachesTheSocket_andNobodyElseDoes() throws Exception {
        assertThat(as(User.AGENT, Python.healthProgram(sandbox.socket()))).contains("200 OK");
        assertThat(as(User.STRANGER, Python.healthProgram(sandbox.socket())))
                .doesNotContain("200 OK")
                .contains("Permission denied");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(sandbox.socket())))
                .isEqualTo("rw-rw----");
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(sandbox.socket().resolveSibling(""))))
                .isEqualTo("rwxr-x---");
    }

    @Test
    void commandDoesNotReachTheSocket_thoughItIsTheSandboxsUser() {
        String output = sh(Python.askHealth(sandbox.socket()) + "; echo ended");

        assertThat(output).doesNotContain("200 OK").endsWith("ended\n");
    }

    @Test
    void agent_readsChangesAndRemovesWhatCommandsWrote() throws Exception {
        Files.writeString(workspace.resolve("given"), "by the agent\n");
        Files.setAttribute(workspace.resolve("given"), "unix:mode", 0660);
        User.AGENT.own(workspace);

        assertThat(
                        sh(
                                "cat given; echo more >> given; mkdir -p made/deeper; echo text > made/deeper/file; git init -q .; git status --short | wc -l"))
                .startsWith("by the agent\n")
                .doesNotContain("dubious");
        assertThat(as(
                        User.AGENT,
                        "import shutil; print(open('made/deeper/file').read()); open('made/deeper/file', 'a').write('x');"
                                + " shutil.rmtree('made'); shutil.rmtree('.git'); print('removed')"))
                .contains("text", "removed");
    }

    @Test
    void whatTheAgentCannotRemove_isDeletedOnItsBehalf() throws IOException {
        sh("umask 077; mkdir -p closed/inner; touch closed/inner/f; chmod 000 closed/inner closed");

        assertThat(sandbox.client().delete("/v1/workspaces/" + name).status()).isEqualTo(204);

        try (var left = Files.list(workspace)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void sharedMemoryThatCommandsLeft_goesWithTheLastOfThem() throws IOException {
        Path left = Path.of("/dev/shm", name);
        Path agents = Files.createFile(Path.of("/dev/shm", name + "-agent"));
        try {
            User.AGENT.own(agents);

            assertThat(sh("mkdir -p " + left + "/deeper && echo x > " + left + "/deeper/file && chmod 0 " + left
                            + " && echo done"))
                    .isEqualTo("done\n");

            assertThat(left).doesNotExist();
            assertThat(agents).exists();
        } finally {
            Files.delete(agents);
            FileSystemUtils.deleteRecursively(left);
        }
    }

    /** A directory is listed from its one end or the other. */
    @Test
    void sharedMemoryThatStays_keepsNothingBeforeOrBehindIt() throws IOException {
        Path first = withFilesOfTheAgent(name + "-first");
        Path left = Files.createFile(Path.of("/dev/shm", name));
        Path last = withFilesOfTheAgent(name + "-last");
        try {
            User.SANDBOX.own(left);

            assertThat(sh("echo done")).isEqualTo("done\n");

            assertThat(left).doesNotExist();
            assertThat(List.of(first, last)).allMatch(Files::exists);
        } finally {
            FileSystemUtils.deleteRecursively(first);
            FileSystemUtils.deleteRecursively(last);
            Files.deleteIfExists(left);
        }
    }

    private static Path withFilesOfTheAgent(String name) throws IOException {
        Path directory = Files.createDirectory(Path.of("/dev/shm", name));
        User.SANDBOX.own(directory);
        Path agents = Files.createDirectory(directory.resolve("agents"));
        Files.createFile(agents.resolve("file"));
        User.AGENT.own(agents);
        open(agents, "rwx------");
        return directory;
    }

    @Test
    void agentThatIsKilled_leavesNoCommand() throws IOException {
        String unique = CommandTests.uniqueSeconds();
        String body = "{\\\"workspace\\\":\\\"" + name + "\\\",\\\"command\\\":[\\\"sh\\\",\\\"-c\\\",\\\"setsid sleep "
                + unique + " & sleep " + unique + "\\\"]}";
        Process agent = new ProcessBuilder(User.AGENT.command(List.of(
                        PYTHON,
                        "-c",
                        "import socket; b = \"" + body + "\"; s = socket.socket(socket.AF_UNIX); s.connect('"
                                + sandbox.socket()
                                + "'); s.send(('POST /v1/exec HTTP/1.1\\r\\nHost: x\\r\\nContent-Type: application/json\\r\\n"
                                + "Content-Length: %d\\r\\n\\r\\n%s' % (len(b), b)).encode()); s.recv(9)")))
                .inheritIO()
                .start();
        await().until(() -> Processes.anyWith(unique));

        agent.destroyForcibly();

        await().atMost(Duration.ofMillis(1500)).until(() -> !Processes.anyWith(unique));
    }

    @Test
    void workspacesDirectoryThatTheAgentHasNotMadeYet_isLeftToIt() throws IOException {
        Path directory = Files.createTempDirectory("sandbox-test-");
        Path later = directory.resolve("workspaces");
        try (TestSandbox early = TestSandbox.startWithoutWorkspaces(
                User.SANDBOX, directory, "sandbox.isolation=container", "sandbox.socket-access=group")) {
            var request = Map.of("workspace", "w", "command", List.of("true"));
            assertThat(early.client().exec(request).status()).isEqualTo(404);
            assertThat(later).doesNotExist();

            Files.createDirectories(later.resolve("w"));
            User.SANDBOX.own(later);

            assertThat(early.client().exec(request).status()).isEqualTo(200);
        }
    }

    private String sh(String script) {
        return sandbox.client().sh(name, script).path("output").asString();
    }

    private String as(User user, String program) throws Exception {
        Process process = new ProcessBuilder(user.command(List.of(PYTHON, "-c", program)))
                .directory(workspace.toFile())
                .redirectErrorStream(true)
                .start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static void open(Path directory, String permissions) throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(permissions));
    }
}
