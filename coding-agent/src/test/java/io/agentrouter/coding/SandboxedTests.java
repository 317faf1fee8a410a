package io.agentrouter.coding;

import static io.agentrouter.coding.CodingAgentFixture.call;
import static io.agentrouter.coding.CodingAgentFixture.calls;
import static io.agentrouter.coding.CodingAgentFixture.explains;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.agentrouter.coding.archive.Archives;
import io.agentrouter.coding.sandbox.SandboxProcess;
import io.agentrouter.runtime.agent.InputFile;
import io.agentrouter.runtime.agent.ToolRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Runs with the sandbox as a process of its own, and the languages' own tools. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SandboxedTests {

    static final String CALC = "def add(a, b):\n    return a - b\n";
    static final String CALC_RIGHT = CALC.replace('-', '+');
    static final String TEST_CALC = """
            import unittest
            import calc

            class CalcTest(unittest.TestCase):
                def test_add(self):
                    self.assertEqual(calc.add(2, 3), 5)
            """;

    private final Map<String, Boolean> works = new HashMap<>();
    Path temp;
    SandboxProcess sandbox;
    CodingAgentFixture fixture;

    @BeforeAll
    void start(@TempDir Path directory) throws IOException {
        temp = directory;
        new CodingAgentFixture(workspaces(), null, Map.of()).close();
        sandbox = SandboxProcess.start(temp, workspaces(), Caches.mounted());
        fixture = new CodingAgentFixture(workspaces(), sandbox.socket(), Map.of());
    }

    @AfterAll
    void stop() throws IOException {
        if (sandbox != null) {
            sandbox.close();
            fixture.close();
        }
    }

    @AfterEach
    void nothingIsLeftBehind() throws IOException {
        assertThat(namesIn(workspaces())).containsExactly(".agent");
        assertThat(namesIn(workspaces().resolve(".agent"))).containsExactly("lock");
    }

    Path workspaces() {
        return temp.resolve("w");
    }

    static List<String> namesIn(Path directory) throws IOException {
        try (var left = Files.list(directory)) {
            return left.map(path -> path.getFileName().toString()).toList();
        }
    }

    /** What a run without a model says of a project. */
    String offline(Map<String, String> files) throws IOException {
        return fixture.offline(project(files)).said();
    }

    static InputFile project(Map<String, String> files) throws IOException {
        return new InputFile("project.tar.gz", Archives.tarGz(tar -> {
            for (var file : new TreeMap<>(files).entrySet()) {
                Archives.put(tar, file.getKey(), 0644, file.getValue());
            }
        }));
    }

    static ToolRequest command(String command) {
        return call("exec", JsonMapper.shared().writeValueAsString(Map.of("command", command, "timeoutSeconds", 15)));
    }

    /** Leaves a test out where a command fails in the sandbox. */
    void requires(String command) {
        assumeTrue(
                works.computeIfAbsent(command, this::worksInTheSandbox),
                "not in the sandbox on this machine: " + command);
    }

    private boolean worksInTheSandbox(String command) {
        try {
            Driver run = fixture.live(List.of(calls(command(command)), explains("")), project(Map.of("a", "")));
            return run.toolAnswers().getFirst().output().text().startsWith("exit code 0");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
