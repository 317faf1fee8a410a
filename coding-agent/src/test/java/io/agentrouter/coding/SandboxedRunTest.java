package io.agentrouter.coding;

import static io.agentrouter.coding.CodingAgentFixture.call;
import static io.agentrouter.coding.CodingAgentFixture.calls;
import static io.agentrouter.coding.CodingAgentFixture.explains;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentrouter.runtime.agent.StepResult.ToolAnswer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A model that edits and runs, and code that is hostile. */
class SandboxedRunTest extends SandboxedTests {

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
                                        + "; cat /proc/*/environ | tr '\\0' '\\n' | grep -i -e KEY -e REDIS")),
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
        assertThat(offline(Map.of("test_a.py", TEST_CALC, "calc.py", CALC_RIGHT)))
                .contains("the tests pass");
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
