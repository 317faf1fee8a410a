package io.agentrouter.coding;

import static io.agentrouter.coding.CodingAgentFixture.call;
import static io.agentrouter.coding.CodingAgentFixture.calls;
import static io.agentrouter.coding.CodingAgentFixture.explains;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.agentrouter.coding.archive.Archives;
import io.agentrouter.coding.sandbox.SandboxProcess;
import io.agentrouter.runtime.agent.InputFile;
import io.agentrouter.runtime.agent.StepResult.ToolAnswer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Runs with the sandbox as a process of its own, and the languages' own tools. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SandboxedRunTest {

    private static final String CALC = "def add(a, b):\n    return a - b\n";
    private static final String TEST_CALC = """
            import unittest
            import calc

            class CalcTest(unittest.TestCase):
                def test_add(self):
                    self.assertEqual(calc.add(2, 3), 5)
            """;

    private Path temp;
    private SandboxProcess sandbox;
    private CodingAgentFixture fixture;

    @BeforeAll
    void start(@TempDir Path directory) throws IOException {
        temp = directory;
        fixture = new CodingAgentFixture(temp.resolve("w"), null, Map.of());
        fixture.close();
        sandbox = SandboxProcess.start(temp, temp.resolve("w"));
        fixture = new CodingAgentFixture(temp.resolve("w"), sandbox.socket(), Map.of());
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
        try (var left = Files.list(temp.resolve("w"))) {
            assertThat(left.map(path -> path.getFileName().toString())).containsExactly(".agent");
        }
        try (var left = Files.list(temp.resolve("w/.agent"))) {
            assertThat(left.map(path -> path.getFileName().toString())).containsExactly("lock");
        }
    }

    @Test
    void offline_failingUnittest_isNamedByFileAndLine() throws IOException {
        String said = offline(Map.of("p/calc.py", CALC, "p/tests/test_calc.py", TEST_CALC));

        assertThat(said)
                .contains("**Python** in `p`: the tests fail (exit code 1")
                .contains("`p/tests/test_calc.py:6`: AssertionError: -1 != 5")
                .contains("python3 -m unittest discover -s 'tests'")
                .contains("editing needs a model");
    }

    @Test
    void offline_passingUnittest_isSaid() throws IOException {
        assertThat(offline(Map.of("calc.py", CALC.replace('-', '+'), "test_calc.py", TEST_CALC)))
                .contains("**Python** in `.`: the tests pass.");
    }

    @Test
    void offline_failingPytest_isNamedByFileAndLine() throws IOException {
        requires("python3 -c 'import pytest'");
        assertThat(offline(Map.of(
                        "src/calc.py", CALC,
                        "tests/test_calc.py", "import calc\n\n\ndef test_add():\n    assert calc.add(2, 3) == 5\n",
                        "pyproject.toml", "[tool.pytest.ini_options]\n")))
                .contains("`tests/test_calc.py:5`")
                .contains("assert -1 == 5");
    }

    @Test
    void offline_failingNodeTest_isNamedByFileAndLine() throws IOException {
        requires("node -e 1");
        assertThat(offline(Map.of("package.json", "{\"name\":\"a\"}", "calc.test.js", """
                const test = require('node:test');
                const assert = require('node:assert');
                test('adds', () => {
                  assert.strictEqual(2 - 3, 5);
                });
                """)))
                .contains("**Node** in `.`: the tests fail")
                .contains("`calc.test.js:4`");
    }

    @Test
    void offline_failingGoTest_isNamedByFileAndLine() throws IOException {
        requires("go");
        assertThat(offline(Map.of(
                        "go.mod", "module example.com/calc\n\ngo 1.21\n",
                        "sub/calc_test.go", """
                        package sub

                        import "testing"

                        func TestAdd(t *testing.T) {
                        \tt.Errorf("got %d, want 5", 2-3)
                        }
                        """)))
                .contains("**Go** in `.`: the tests fail")
                .contains("`sub/calc_test.go:6`: calc_test.go:6: got -1, want 5");
    }

    @Test
    void offline_failingMake_isNamedByFileAndLine() throws IOException {
        requires("make");
        assertThat(offline(Map.of("Makefile", "test:\n\t@echo 'calc.c:3: error: no sum'\n\t@false\n", "calc.c", "")))
                .contains("**make** in `.`: the tests fail")
                .contains("`calc.c:3`: calc.c:3: error: no sum")
                .contains("`Makefile:3`");
    }

    @Test
    void modelThatWritesAndRuns_fixesTheProject_andItsDiffMakesTheTestsGreen() throws Exception {
        Driver run = fixture.live(
                List.of(
                        calls(call("exec", "{\"command\":\"python3 -m unittest\"}")),
                        calls(
                                call("edit", "{\"path\":\"calc.py\",\"old\":\"a - b\",\"replacement\":\"a + b\"}"),
                                call("write", "{\"path\":\"docs/why.md\",\"content\":\"It subtracted.\\n\"}")),
                        calls(call("exec", "{\"command\":\"python3 -m unittest\"}")),
                        explains("It subtracted.")),
                project(Map.of("calc.py", CALC, "test_calc.py", TEST_CALC)));

        assertThat(run.said())
                .contains("$ python3 -m unittest\nexit code 1")
                .contains("exit code 0")
                .contains("OK");
        Path copy = Files.createDirectories(temp.resolve("copy"));
        Files.writeString(copy.resolve("calc.py"), CALC);
        Files.writeString(copy.resolve("test_calc.py"), TEST_CALC);
        Files.writeString(copy.resolve("patch"), diffIn(run.said()));
        assertThat(shell(copy, "git apply patch && python3 -m unittest")).isZero();
        assertThat(copy.resolve("docs/why.md")).hasContent("It subtracted.");
    }

    @Test
    void filesDeletedAndMovedByCommands_areInTheDiff() throws IOException {
        Driver run = fixture.live(
                List.of(
                        calls(call("exec", "{\"command\":\"rm gone.txt; mv a.txt b.txt; chmod +x run.sh\"}")),
                        explains("Done.")),
                project(Map.of("gone.txt", "x\n", "a.txt", "y\n", "run.sh", "echo\n")));

        assertThat(diffIn(run.said()))
                .contains("deleted file mode 100644\n--- a/gone.txt")
                .contains("rename from a.txt\nrename to b.txt")
                .contains("old mode 100644\nnew mode 100755");
    }

    @Test
    void hostileCode_reachesNoSecret_andTheAgentOutlivesIt() throws IOException {
        Path key = Files.writeString(temp.resolve("key"), "sk-very-secret");
        Driver run = fixture.live(
                List.of(
                        calls(
                                command("ln -s " + key + " key; ln -s " + temp
                                        + " up; ln -s /proc/self/environ env; mkfifo pipe"),
                                call("read", "{\"path\":\"key\"}"),
                                call("read", "{\"path\":\"up/key\"}"),
                                call("read", "{\"path\":\"env\"}"),
                                call("read", "{\"path\":\"pipe\"}"),
                                call("search", "{\"pattern\":\"secret|HOME\"}"),
                                call("write", "{\"path\":\"up/key\",\"content\":\"overwritten\"}"),
                                command("cat " + key
                                        + "; cat /proc/*/environ | tr '\\\\0' '\\\\n' | grep -i -e KEY -e REDIS")),
                        calls(
                                command("f() { f | f & }; f; sleep 2"),
                                command("python3 -c 'x = bytearray(3 << 30)'"),
                                command("mkdir -p d/e; touch d/e/f; chmod 000 d/e; chmod 555 d")),
                        explains("Done.")),
                project(Map.of("a.txt", "x\n")));

        String all = run.said() + run.toolAnswers();
        assertThat(all).doesNotContain("sk-very-secret").doesNotContain("overwritten\n");
        assertThat(key).hasContent("sk-very-secret");
        assertThat(run.toolAnswers().subList(1, 5))
                .allMatch((ToolAnswer answer) -> answer.output().failed());
        assertThat(offline(Map.of("test_a.py", TEST_CALC, "calc.py", CALC.replace('-', '+'))))
                .contains("the tests pass");
    }

    private static io.agentrouter.runtime.agent.ToolRequest command(String command) {
        return call("exec", "{\"timeoutSeconds\":15,\"command\":\"" + command.replace("\"", "\\\"") + "\"}");
    }

    private void requires(String program) throws IOException {
        Driver run = fixture.live(
                List.of(
                        calls(command(
                                program.contains(" ") ? program : program + " --version || " + program + " version")),
                        explains("")),
                project(Map.of("a", "")));
        assumeTrue(
                run.toolAnswers().getFirst().output().text().startsWith("exit code 0"),
                "not in the sandbox on this machine: " + program);
    }

    private String offline(Map<String, String> files) throws IOException {
        return fixture.offline(project(files)).said();
    }

    private static InputFile project(Map<String, String> files) throws IOException {
        return new InputFile("project.tar.gz", Archives.tarGz(tar -> {
            for (var file : new TreeMap<>(files).entrySet()) {
                Archives.put(tar, file.getKey(), 0644, file.getValue());
            }
        }));
    }

    private static String diffIn(String answer) {
        Matcher diff = Pattern.compile("(?s)```diff\n(.*?\n)```\n").matcher(answer);
        assertThat(diff.find()).as(answer).isTrue();
        return diff.group(1);
    }

    private static int shell(Path directory, String command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("sh", "-c", command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        int status = process.waitFor();
        assertThat(status).as(output).isZero();
        return status;
    }
}
