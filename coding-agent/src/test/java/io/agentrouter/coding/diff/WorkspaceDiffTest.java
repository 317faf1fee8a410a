package io.agentrouter.coding.diff;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentrouter.coding.workspace.WorkspaceTests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.util.unit.DataSize;

/** What a report shows of the changes, and what it only names. */
class WorkspaceDiffTest extends WorkspaceTests {

    static final DiffLimits LIMITS = new DiffLimits(
            DataSize.ofKilobytes(64),
            10_000,
            DataSize.ofMegabytes(1),
            1000,
            DataSize.ofMegabytes(64),
            Duration.ofSeconds(20));

    @Test
    void nothingChanged_isAnEmptyReport() throws IOException {
        write("a.txt", "one\n");

        assertThat(diff().report().isEmpty()).isTrue();
    }

    @Test
    void replacedLines_areShownGoneBeforeCome() throws IOException {
        write("a.py", "def add(a, b):\n    return a - b\n");
        WorkspaceDiff diff = diff();
        write("a.py", "def add(a, b):\n    return a + b\n");

        assertThat(diff.report().patch())
                .endsWith("@@ -1,2 +1,2 @@\n def add(a, b):\n-    return a - b\n+    return a + b\n");
    }

    @Test
    void binaryAndHugeFiles_areNamedAndNotShown() throws IOException {
        write("logo.png", "\0\1");
        write("latin.txt", "plain\n");
        write("huge.json", "x".repeat(70_000));
        WorkspaceDiff diff = diff();

        write("logo.png", "\0\2");
        Files.write(inside("latin.txt"), new byte[] {'a', (byte) 0xe9, '\n'});
        write("huge.json", "y".repeat(70_000));
        write("new.bin", "\0");
        DiffReport report = diff.report();

        assertThat(report.patch()).isEmpty();
        assertThat(report.notShown())
                .hasSize(4)
                .anyMatch(line -> line.startsWith("\"logo.png\" (changed"))
                .anyMatch(line -> line.startsWith("\"latin.txt\" (changed"))
                .anyMatch(line -> line.startsWith("\"huge.json\" (changed"))
                .anyMatch(line -> line.startsWith("\"new.bin\" (new"));
    }

    @Test
    void whatBuildsMake_isNamedOnce_unlessItCameIn() throws IOException {
        write("node_modules/mine/index.js", "1\n");
        WorkspaceDiff diff = diff();

        write("__pycache__/a.pyc", "x");
        write("__pycache__/b.pyc", "x");
        write("node_modules/mine/index.js", "2\n");
        DiffReport report = diff.report();

        assertThat(report.notShown()).containsExactly("\"__pycache__\" (made by a build)");
        assertThat(report.patch()).contains("+++ b/node_modules/mine/index.js");
    }

    @Test
    void linkToASecret_isNamedAndNotRead() throws IOException {
        Path key = Files.writeString(temp.resolve("key"), "sk-secret");
        write("config.txt", "plain\n");
        WorkspaceDiff diff = diff();

        Files.delete(inside("config.txt"));
        Files.createSymbolicLink(inside("config.txt"), key);
        DiffReport report = diff.report();

        assertThat(report.patch()).doesNotContain("sk-secret");
        assertThat(report.notShown()).containsExactly("\"config.txt\" (a link, or not readable)");
    }

    @Test
    @Timeout(30)
    void filesMadeToBeAsDifferentAsCanBe_areComparedInBoundedTime() throws IOException {
        write("lines.txt", lines(9_000, 0));
        WorkspaceDiff diff = diff();

        write("lines.txt", lines(9_000, 50_000));

        assertThat(diff.report().patch()).contains("@@ -1,9000 +1,9000 @@");
    }

    @Test
    void moreThanTheDiffMayHold_isNamed() throws IOException {
        WorkspaceDiff diff = WorkspaceDiff.from(
                workspace,
                new DiffLimits(
                        DataSize.ofKilobytes(64),
                        100,
                        DataSize.ofKilobytes(1),
                        3,
                        DataSize.ofMegabytes(1),
                        Duration.ofSeconds(5)));
        write("a", "x".repeat(2000) + "\n");
        write("b", "b\n");
        write("c", "c\n");
        write("d", "d\n");

        DiffReport report = diff.report();

        assertThat(report.patch()).contains("+++ b/b").contains("+++ b/c");
        assertThat(report.notShown())
                .anyMatch(line -> line.contains("too large"))
                .anyMatch(line -> line.startsWith("and perhaps more"));
    }

    @Test
    @Timeout(30)
    void sparseFileOfATerabyte_isNotReadThrough() throws Exception {
        WorkspaceDiff diff = diff();
        assertThat(new ProcessBuilder("truncate", "-s", "1T", inside("sparse").toString())
                        .start()
                        .waitFor())
                .isZero();

        assertThat(diff.report().notShown()).anyMatch(line -> line.startsWith("\"sparse\" (new"));
    }

    @Test
    void fileWithMoreLinesThanTheDiffShows_isNamed() throws IOException {
        WorkspaceDiff diff = WorkspaceDiff.from(workspace, limits(5, DataSize.ofMegabytes(1), Duration.ofSeconds(20)));
        write("short", lines(5, 0));
        write("long", lines(6, 0));

        DiffReport report = diff.report();

        assertThat(report.patch()).contains("+++ b/short").doesNotContain("b/long");
        assertThat(report.notShown()).containsExactly("\"long\" (new, binary or too large to show)");
    }

    @Test
    void diffThatTakesTooLong_namesTheRest() throws IOException {
        WorkspaceDiff diff = WorkspaceDiff.from(workspace, limits(5, DataSize.ofMegabytes(1), Duration.ZERO));
        write("a", "a\n");

        assertThat(diff.report().notShown()).containsExactly("\"a\" (new, but there was no time left to compare it)");
    }

    @Test
    void bytesBeyondThoseThatAreScanned_areSaidToBeLeftOut_andNothingIsMadeUpAboutThem() throws IOException {
        write("a", lines(2_000, 0));
        write("was", "1\n");
        WorkspaceDiff diff =
                WorkspaceDiff.from(workspace, limits(5_000, DataSize.ofKilobytes(1), Duration.ofSeconds(20)));
        Files.delete(inside("was"));
        write("is", "2\n");

        DiffReport report = diff.report();

        assertThat(report.patch()).doesNotContain("rename").contains("-1\n", "+2\n");
        assertThat(report.notShown()).anyMatch(line -> line.startsWith("and perhaps more"));
    }

    private static DiffLimits limits(int lines, DataSize scanned, Duration time) {
        return new DiffLimits(DataSize.ofKilobytes(64), lines, DataSize.ofMegabytes(1), 1000, scanned, time);
    }

    private static String lines(int count, int from) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(from + i).append('\n');
        }
        return text.toString();
    }

    private WorkspaceDiff diff() throws IOException {
        return WorkspaceDiff.from(workspace, LIMITS);
    }
}
