package io.agentrouter.coding;

import static io.agentrouter.coding.SandboxedTests.CALC;
import static io.agentrouter.coding.SandboxedTests.TEST_CALC;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentrouter.runtime.agent.InputFile;
import io.agentrouter.runtime.testing.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What a model's run answers. */
class ModelRunTest extends ModelTests {

    @Test
    void readWriteExecAnswer_isAnExplanationADiffAndWhatWasPrinted() throws Exception {
        model.next(
                Script.text("Let me look.").andTool("read", "{\"path\":\"calc.py\"}"),
                tool("edit", Map.of("path", "calc.py", "old", "a - b", "replacement", "a + b")),
                exec("python3 -m unittest"),
                Script.text("It ", "subtracted."));

        List<String> events;
        try (var stream = agent.client().stream(failing())) {
            events = stream.toList();
        }

        assertThat(events.getLast()).isEqualTo("[DONE]");
        assertThat(content(events.subList(0, 4))).as("progress, before the end").isEqualTo("Let me look.");
        String answer = content(events);
        assertThat(answer)
                .startsWith("Let me look.\n\nIt subtracted.\n\n### Changes\n\n```diff\n")
                .contains("### Commands\n\n```console\n$ python3 -m unittest\nexit code 0")
                .contains("Ran 1 test");
        assertThat(model.calls().get(1).toolResults().getFirst()).contains("2\t    return a - b");
        Path copy =
                unpacked("simple", Map.of("calc.py", CALC.getBytes(UTF_8), "test_calc.py", TEST_CALC.getBytes(UTF_8)));
        Files.writeString(copy.resolve("p"), diffIn(answer));
        assertThat(shell(copy, "patch -p1 --dry-run < p && git apply p && python3 -m unittest"))
                .contains("OK");
    }

    @Test
    void everyKindOfChange_isInTheDiff_whichMakesTheSameTree() throws Exception {
        Map<String, byte[]> before = Map.of(
                "crlf.txt", "one\r\ntwo\r\nthree\r\n".getBytes(UTF_8),
                "no-newline.txt", "last".getBytes(UTF_8),
                "gets-newline.txt", "last".getBytes(UTF_8),
                "old name.txt", "moved\n".getBytes(UTF_8),
                "gone.txt", "gone\n".getBytes(UTF_8),
                "run.sh", "#!/bin/sh\necho run\n".getBytes(UTF_8),
                "umlaut-\u00e4.txt", "\u00e4\n".getBytes(UTF_8),
                "image.bin", new byte[] {0, 1, 2, 3, (byte) 0xff});
        model.next(
                exec("sed -i 's/two/2/' crlf.txt; printf ' line' >> no-newline.txt; echo >> gets-newline.txt; "
                        + "mkdir sub; mv 'old name.txt' 'sub/new name.txt'; rm gone.txt; chmod +x run.sh; "
                        + "printf 'o\u00f6' > umlaut-\u00e4.txt; printf '\\000\\001' > image.bin; printf new > sub/added; "
                        + ": > empty; ln -s /etc/passwd link; mkdir hollow"),
                Script.text("Changed."));

        String answer = agent.client().answer(zip(before));

        assertThat(answer)
                .contains("Not in the diff: \"image.bin\" (changed, binary or too large to show)", "\"link\"");
        Path copy = unpacked("every", before);
        Files.writeString(temp.resolve("every.patch"), diffIn(answer));
        shell(copy, "git apply ../every.patch");
        assertThat(shell(copy, "find . -type f | LC_ALL=C sort")).isEqualTo("""
                        ./crlf.txt
                        ./empty
                        ./gets-newline.txt
                        ./image.bin
                        ./no-newline.txt
                        ./run.sh
                        ./sub/added
                        ./sub/new name.txt
                        ./umlaut-\u00e4.txt
                        """);
        assertThat(Files.readString(copy.resolve("crlf.txt"))).isEqualTo("one\r\n2\r\nthree\r\n");
        assertThat(Files.readString(copy.resolve("no-newline.txt"))).isEqualTo("last line");
        assertThat(Files.readString(copy.resolve("gets-newline.txt"))).isEqualTo("last\n");
        assertThat(Files.readString(copy.resolve("sub/new name.txt"))).isEqualTo("moved\n");
        assertThat(Files.readString(copy.resolve("umlaut-\u00e4.txt"))).isEqualTo("o\u00f6");
        assertThat(copy.resolve("run.sh")).isExecutable();
    }

    private static InputFile zip(Map<String, byte[]> files) throws IOException {
        return new InputFile("p.zip", io.agentrouter.coding.archive.Archives.zipOf(files));
    }

    private Path unpacked(String name, Map<String, byte[]> files) throws IOException {
        Path copy = Files.createDirectories(temp.resolve(name));
        for (var file : files.entrySet()) {
            Files.write(copy.resolve(file.getKey()), file.getValue());
        }
        return copy;
    }

    private static String diffIn(String answer) {
        Matcher diff = Pattern.compile("(?s)```diff\n(.*?\n)```\n").matcher(answer);
        assertThat(diff.find()).as(answer).isTrue();
        return diff.group(1);
    }

    private static String shell(Path directory, String command) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of("sh", "-c", command));
        Process process = new ProcessBuilder(line)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
