package io.agentrouter.coding;

import static io.agentrouter.coding.SandboxedTests.namesIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.agentrouter.coding.archive.Archives;
import io.agentrouter.runtime.agent.InputFile;
import io.agentrouter.runtime.testing.Script;
import io.agentrouter.runtime.testing.ScriptedModelServer;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk of 2 MiB, which takes a user who may mount one. */
class FullDiskTest {

    @TempDir
    private Path temp;

    private boolean mounted;

    @BeforeEach
    void mount() throws Exception {
        mounted = run("mount", "-t", "tmpfs", "-o", "size=2m,mode=755", "tmpfs", disk().toString());
        assumeTrue(mounted, "no disk of its own can be made here: nobody sees what a full one does");
    }

    @AfterEach
    void unmount() throws Exception {
        if (mounted) {
            assertThat(run("umount", disk().toString())).isTrue();
        }
    }

    private Path disk() throws IOException {
        return Files.createDirectories(temp.resolve("disk"));
    }

    private Path workspaces() throws IOException {
        return disk().resolve("w");
    }

    @Test
    void filesThatFillTheDisk_areRefusedAndLeaveNothing() throws IOException {
        byte[] large = new byte[5 << 20];
        new Random(1).nextBytes(large);
        try (RunningAgent agent = RunningAgent.start(workspaces())) {
            for (InputFile file : List.of(
                    new InputFile("large.bin", large),
                    new InputFile("large.zip", Archives.zipOf(Map.of("large.bin", large))))) {
                HttpResponse<String> response = agent.client().ask(Map.of(), file);

                assertThat(response.statusCode()).as(response.body()).isEqualTo(503);
                assertThat(AgentClient.json(response).at("/error/code").asString())
                        .isEqualTo("workspace_full");
                assertThat(response.headers().firstValue("X-Should-Retry")).hasValue("true");
                assertThat(namesIn(workspaces())).containsExactly(".agent");
                assertThat(namesIn(workspaces().resolve(".agent"))).containsExactly("lock");
            }
            assertThat(agent.client().answer(new InputFile("small.txt", new byte[10])))
                    .contains("No tests were found");
        }
    }

    @Test
    @Tag("slow")
    void toolThatFillsTheDisk_saysSoToTheModel() throws IOException {
        byte[] filler = new byte[850 << 10];
        try (ScriptedModelServer model = ScriptedModelServer.start();
                RunningAgent agent =
                        RunningAgent.start(workspaces(), "model.api-key=any", "model.base-url=" + model.baseUrl())) {
            String large = "{\"path\":\"b\",\"content\":\"" + "x".repeat(900_000) + "\"}";
            model.next(
                    Script.tool("write", large),
                    Script.tool("write", large.replace("b", "c")),
                    Script.text("No room."));

            assertThat(agent.client().answer(new InputFile("a", filler))).startsWith("No room.");

            assertThat(model.lastCall().toolResults().getLast()).contains("disk is full");
            assertThat(namesIn(workspaces())).containsExactly(".agent");
        }
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
    }
}
