package io.agentrouter.coding;

import static io.agentrouter.coding.SandboxedTests.namesIn;
import static io.agentrouter.coding.SandboxedTests.project;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.agentrouter.coding.sandbox.SandboxProcess;
import io.agentrouter.runtime.testing.Script;
import io.agentrouter.runtime.testing.ScriptedModelServer;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.json.JsonMapper;

/** Agent and sandbox as in a pod: two users of one group, on a volume that both may write to. */
class SharedPodTest {

    private static final int AGENT = 10001;
    private static final int SANDBOX = 10002;
    private static final int GROUP = 10000;

    private final ScriptedModelServer model = ScriptedModelServer.start();
    private Path directory = Path.of("");

    @BeforeEach
    void make() throws IOException {
        assumeTrue(
                Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid")),
                "only root can be two users: a pod's sharing is NOT tested here");
        directory = Files.createTempDirectory("pod-");
        Files.setAttribute(directory, "unix:mode", 0755);
        volume();
    }

    @AfterEach
    void remove() throws IOException {
        model.close();
        FileSystemUtils.deleteRecursively(directory);
    }

    /** As kubelet makes an emptyDir for a pod with an fsGroup. */
    private Path volume() throws IOException {
        Path volume = directory.resolve("volume");
        if (!Files.exists(volume)) {
            Files.createDirectory(volume);
            Files.setAttribute(volume, "unix:gid", GROUP);
            Files.setAttribute(volume, "unix:mode", 02777);
        }
        return volume;
    }

    @Test
    @Tag("slow")
    void twoUsersOfOneGroup_workOnTheSameFiles_andNothingIsLeft() throws IOException {
        Path runs = volume().resolve("runs");
        Path key = directory.resolve("key");
        Files.writeString(key, "sk-very-secret");
        own(key, AGENT, 0400);
        own(Files.createDirectory(runs), SANDBOX, 0755); // whoever comes first
        model.next(
                exec(
                        "id -u; mkdir -p made/deep; echo x > made/deep/file; stat -c '%a %g %n' . calc.py made made/deep/file"),
                Script.tool("write", "{\"path\":\"made/deep/other\",\"content\":\"by the agent\\n\"}")
                        .andTool("edit", "{\"path\":\"calc.py\",\"old\":\"a\",\"replacement\":\"b\"}"),
                exec("cat made/deep/other && echo c >> calc.py && rm made/deep/file && mkdir locked && touch locked/x "
                        + "&& chmod 000 locked && mkdir t && touch t/x && chmod 1777 t && echo done"),
                exec("cat " + key + "; cat /proc/*/environ | grep -i very; ls " + runs + "/.agent; mv " + runs + " "
                        + volume().resolve("gone") + "; ln -s " + key + " link; echo tried"),
                Script.tool("read", "{\"path\":\"link\"}"),
                Script.text("Done."));

        String answer;
        try (SandboxProcess sandbox = sandbox(runs);
                AgentProcess agent = agent(runs, sandbox)) {
            sandbox.awaitModes();
            answer = agent.client().answer(project(Map.of("calc.py", "a\n")));
            assertThat(Files.getAttribute(runs, "unix:uid")).isEqualTo(AGENT);
            assertThat(namesIn(runs)).containsExactly(".agent");
            assertThat(namesIn(runs.resolve(".agent"))).as(agent.log()).containsExactly("lock");
        }

        List<String> results = model.lastCall().toolResults();
        assertThat(results.get(0))
                .contains(
                        "\n10002\n",
                        "2770 10000 .\n",
                        "660 10000 calc.py\n",
                        "10000 made\n",
                        "664 10000 made/deep/file\n");
        assertThat(results.get(1)).startsWith("Wrote ");
        assertThat(results.get(2)).startsWith("Wrote ");
        assertThat(results.get(3)).contains("by the agent\n", "done\n");
        assertThat(results.get(4)).contains("tried\n").doesNotContain("lock\n");
        assertThat(answer).contains("+b\n+c\n", "+++ b/made/deep/other");
        assertThat(answer + results).doesNotContain("sk-very-secret");
    }

    @Test
    @Tag("slow")
    void leftOversOfAKilledAgent_areRemovedWithWhatOnlyTheSandboxMayRemove() throws IOException {
        Path runs = Files.createDirectory(volume().resolve("runs"));
        Path left = Files.createDirectory(runs.resolve("left"));
        Path sticky = Files.createDirectory(left.resolve("t"));
        own(Files.createFile(sticky.resolve("x")), SANDBOX, 0664);
        own(sticky, SANDBOX, 01777);
        own(left, AGENT, 02770);
        own(runs, AGENT, 0750);

        try (SandboxProcess sandbox = sandbox(runs);
                AgentProcess agent = agent(runs, sandbox)) {
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                assertThat(namesIn(runs)).as(agent.log()).containsExactly(".agent");
                assertThat(namesIn(runs.resolve(".agent"))).as(agent.log()).containsExactly("lock");
            });
        }
    }

    private SandboxProcess sandbox(Path runs) throws IOException {
        Path run = Files.createDirectory(directory.resolve("run"));
        own(run, SANDBOX, 02777);
        Path jar = Files.copy(SandboxProcess.JAR, directory.resolve("sandbox.jar"));
        return SandboxProcess.launch(
                as(SANDBOX), jar, run, runs, "isolation=container", "socket-access=group", "limits.free-disk=0");
    }

    private AgentProcess agent(Path runs, SandboxProcess sandbox) throws IOException {
        return AgentProcess.start(
                directory.resolve("agent.log"),
                as(AGENT),
                List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", readableClassPath()),
                "coding.shared=true",
                "coding.workspaces=" + runs,
                "coding.sandbox-socket=" + sandbox.socket(),
                "model.api-key=any",
                "model.base-url=" + model.baseUrl());
    }

    private static List<String> as(int user) {
        return List.of("setpriv", "--reuid=" + user, "--regid=" + GROUP, "--clear-groups");
    }

    /** Root's own home, where the jars are, is closed to others. */
    private String readableClassPath() throws IOException {
        List<String> copies = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path source = Path.of(entry);
            Path copy = directory.resolve("cp-" + copies.size() + (Files.isDirectory(source) ? "" : ".jar"));
            if (Files.isDirectory(source)) {
                FileSystemUtils.copyRecursively(source, copy);
            } else if (Files.exists(source)) {
                Files.copy(source, copy);
            }
            copies.add(copy.toString());
        }
        return String.join(File.pathSeparator, copies);
    }

    private static Script exec(String command) {
        return Script.tool("exec", JsonMapper.shared().writeValueAsString(Map.of("command", command)));
    }

    private static void own(Path path, int user, int mode) throws IOException {
        Files.setAttribute(path, "unix:gid", GROUP);
        Files.setAttribute(path, "unix:uid", user);
        Files.setAttribute(path, "unix:mode", mode);
    }
}
