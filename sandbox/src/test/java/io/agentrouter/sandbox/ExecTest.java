package io.agentrouter.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ExecTest {

    @TempDir
    Path directory = Path.of("");

    @Test
    void commandInAWorkspace_seesItsFilesAndLeavesItsOwn() throws IOException {
        try (TestSandbox sandbox = new TestSandbox(directory)) {
            Path workspace = sandbox.workspace("w");
            Files.writeString(workspace.resolve("in.txt"), "from the agent");

            JsonNode result =
                    sandbox.client().sh("w", "cat in.txt; echo ' >&1'; echo err >&2; id; echo out > out.txt; exit 3");

            assertThat(result.path("exitCode").asInt()).isEqualTo(3);
            assertThat(result.path("ended").asString()).isEqualTo("exited");
            assertThat(result.path("output").asString()).startsWith("from the agent >&1\nerr\n");
            assertThat(workspace.resolve("out.txt")).hasContent("out");
        }
    }
}
