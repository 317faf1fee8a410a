package io.agentrouter.coding;

import static io.agentrouter.coding.SandboxedTests.namesIn;
import static io.agentrouter.coding.SandboxedTests.project;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agentrouter.coding.sandbox.SandboxProcess;
import io.agentrouter.runtime.agent.InputFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A run's time and files end with it, whatever ends it, and are no other run's. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BoundsTest {

    private Path temp;
    private SandboxProcess sandbox;
    private RunningAgent offline;

    @BeforeAll
    void start(@TempDir Path directory) throws IOException {
        temp = directory;
        Files.createDirectories(workspaces());
        sandbox = SandboxProcess.start(temp, workspaces());
        offline = RunningAgent.start(workspaces(), "coding.sandbox-socket=" + sandbox.socket());
    }

    @AfterAll
    void stop() {
        offline.close();
        sandbox.close();
    }

    private Path workspaces() {
        return temp.resolve("w");
    }

    @Test
    void clientThatLeaves_endsTheCommandAndTheWorkspaceWithinASecond() throws Exception {
        InputFile hanging = project(Map.of("Makefile", "test:\n\t@touch started; sleep 7654 & sleep 7654\n"));

        Stream<String> stream = offline.client().stream(hanging);
        await().atMost(Duration.ofSeconds(60)).until(() -> running("sleep\0" + "7654") == 2);
        assertThat(namesIn(workspaces())).hasSize(2);
        stream.close();

        await().atMost(Duration.ofSeconds(1))
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> {
                    assertThat(running("sleep\0" + "7654")).isZero();
                    assertThat(namesIn(workspaces())).containsExactly(".agent");
                });
        await().untilAsserted(() ->
                assertThat(namesIn(workspaces().resolve(".agent"))).containsExactly("lock"));
    }

    @Test
    void runsAtTheSameTime_doNotSeeEachOther() throws Exception {
        InputFile one = project(Map.of(
                "secret-of-one",
                "x\n",
                "Makefile",
                "test:\n\t@until [ -e looked ]; do sleep 0.087; done; ls; ls /workspace/..\n"));
        InputFile other = project(
                Map.of(
                        "Makefile",
                        "test:\n\t@ls -a / /tmp ..; find / -path /usr -prune -o -name 'secret-of-one*' -print 2>/dev/null; echo looked\n"));

        CompletableFuture<String> first =
                CompletableFuture.supplyAsync(() -> offline.client().answer(one));
        await().atMost(Duration.ofSeconds(60)).until(() -> running("sleep\0" + "0.087") > 0);
        String second = offline.client().answer(other);

        assertThat(first.isDone()).as("it ran all the time").isFalse();
        Files.createFile(workspaces().resolve(workspaceOfOne()).resolve("looked"));
        assertThat(second).contains("looked").doesNotContain("secret-of-one\n");
        assertThat(first.get()).contains("secret-of-one\n");
    }

    @Test
    @Tag("slow")
    void killedAgent_leavesNothingAfterItsNextStart() throws Exception {
        Path own = temp.resolve("killed");
        InputFile hanging = project(Map.of("Makefile", "test:\n\t@sleep 6543\n"));
        try (SandboxProcess other =
                SandboxProcess.start(Files.createDirectory(temp.resolve("s")), Files.createDirectory(own))) {
            String socket = "coding.sandbox-socket=" + other.socket();
            Files.setPosixFilePermissions(own, PosixFilePermissions.fromString("rwx------"));
            try (AgentProcess agent = start(own, socket);
                    Stream<String> stream = agent.client().stream(hanging)) {
                await().atMost(Duration.ofSeconds(60)).until(() -> running("sleep\0" + "6543") > 0);
                assertThat(stream).isNotNull();
                agent.kill();
            }
            assertThat(namesIn(own)).hasSize(2);
            await().atMost(Duration.ofSeconds(10)).until(() -> running("sleep\0" + "6543") == 0);

            try (AgentProcess again = start(own, socket)) {
                assertThat(namesIn(own)).containsExactly(".agent");
                assertThat(namesIn(own.resolve(".agent"))).containsExactly("lock");
                assertThat(again.client().answer(project(Map.of("Makefile", "test:\n\t@echo fine\n"))))
                        .contains("the tests pass");
            }
        }
    }

    private String workspaceOfOne() throws IOException {
        List<String> names = new ArrayList<>(namesIn(workspaces()));
        names.remove(".agent");
        assertThat(names).hasSize(1);
        return names.getFirst();
    }

    private AgentProcess start(Path directory, String socket) throws IOException {
        return AgentProcess.start(
                temp.resolve("agent.log"), List.of(), AgentProcess.quick(), "coding.workspaces=" + directory, socket);
    }

    /** Processes whose arguments, each ended by a zero byte, begin like this. */
    private static long running(String arguments) throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/proc"))) {
            return all.filter(path -> path.getFileName().toString().matches("\\d+"))
                    .filter(path -> {
                        try {
                            return Files.readString(path.resolve("cmdline")).startsWith(arguments);
                        } catch (IOException e) {
                            return false;
                        }
                    })
                    .count();
        }
    }
}
