package io.agentrouter.coding.diff;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentrouter.coding.workspace.Workspace;
import io.agentrouter.coding.workspace.WorkspacePath;
import io.agentrouter.coding.workspace.Workspaces;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

class WorkspaceDiffTest {

    private static final DiffLimits LIMITS = new DiffLimits(
            DataSize.ofKilobytes(64),
            10_000,
            DataSize.ofMegabytes(1),
            1000,
            DataSize.ofMegabytes(64),
            Duration.ofSeconds(20));

    @TempDir
    private Path temp;

    private Workspaces workspaces;
    private Workspace workspace;

    @BeforeEach
    void make() throws IOException {
        workspaces = new Workspaces(temp.resolve("w"), false);
        workspace = workspaces.create();
    }

    @AfterEach
    void close() throws IOException {
        workspaces.remove(workspace);
        workspaces.close();
    }

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
    void everyKindOfChange_appliesWithGit() throws Exception {
        write("changed.py", "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\nk\nl\n");
        write("no newline.txt", "one\ntwo");
        write("newline.txt", "one\ntwo\n");
        write("windows.txt", "one\r\ntwo\r\n");
        write("dir/gone.txt", "bye\n");
        write("emptied.txt", "full\n");
        write("filled.txt", "");
        write("empty-gone.txt", "");
        write("old/name.txt", "moved as it is\n");
        write("mode.sh", "#!/bin/sh\n");
        write("mode and text.sh", "#!/bin/sh\n");
        write("quo\"te.txt", "x\n");
        write("ünï.txt", "x\n");
        Path before = copy("before");
        WorkspaceDiff diff = diff();

        write("changed.py", "a\nB\nc\nd\ne\nf\ng\nh\ni\nj\nK\nl\nm\n");
        write("no newline.txt", "one\ntwo\n");
        write("newline.txt", "one\n2");
        write("windows.txt", "one\r\n2\r\n");
        Files.delete(inside("dir/gone.txt"));
        write("emptied.txt", "");
        write("filled.txt", "full");
        Files.delete(inside("empty-gone.txt"));
        write("new/with space/file.txt", "made\nhere");
        write("new/empty.txt", "");
        Files.move(inside("old/name.txt"), inside("new/name.txt"));
        write(workspace, "mode.sh", "#!/bin/sh\n", true);
        write(workspace, "mode and text.sh", "#!/bin/bash\n", true);
        write(workspace, "new/tool.sh", "#!/bin/sh\n", true);
        write("quo\"te.txt", "y\n");
        write("ünï.txt", "y\n");
        DiffReport report = diff.report();

        assertThat(report.notShown()).isEmpty();
        assertThat(report.patch())
                .contains("rename from old/name.txt\nrename to new/name.txt\n")
                .contains("old mode 100644\nnew mode 100755\n")
                .contains("deleted file mode 100644\n")
                .contains("\\ No newline at end of file");
        apply(report.patch(), before);
        assertThat(tree(before)).isEqualTo(tree(inside("")));
    }

    @Test
    void randomEdits_applyWithGit() throws Exception {
        Random random = new Random(11);
        for (int i = 0; i < 40; i++) {
            write("f" + i, randomText(random));
        }
        Path before = copy("before");
        WorkspaceDiff diff = diff();
        for (int i = 0; i < 40; i++) {
            write("f" + i, randomText(random));
        }

        apply(diff.report().patch(), before);

        assertThat(tree(before)).isEqualTo(tree(inside("")));
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

    private static String randomText(Random random) {
        StringBuilder text = new StringBuilder();
        int count = random.nextInt(30);
        for (int i = 0; i < count; i++) {
            text.append("line ").append(random.nextInt(6)).append('\n');
        }
        return random.nextBoolean() || count == 0 ? text.toString() : text.substring(0, text.length() - 1);
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

    private Path inside(String name) {
        return temp.resolve("w").resolve(workspace.name()).resolve(name);
    }

    private void write(String path, String content) throws IOException {
        write(workspace, path, content, false);
    }

    private static void write(Workspace workspace, String path, String content, boolean executable) throws IOException {
        workspace
                .files()
                .write(WorkspacePath.parse(path), new ByteArrayInputStream(content.getBytes(UTF_8)), executable);
    }

    private Path copy(String name) throws IOException {
        Path target = temp.resolve(name);
        try (var all = Files.walk(inside(""))) {
            for (Path path : all.sorted(Comparator.naturalOrder()).toList()) {
                Files.copy(path, target.resolve(inside("").relativize(path)));
            }
        }
        return target;
    }

    private void apply(String patch, Path directory) throws IOException, InterruptedException {
        Path file = Files.writeString(temp.resolve("patch"), patch);
        Process git = new ProcessBuilder("git", "apply", "--whitespace=nowarn", file.toString())
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(git.getInputStream().readAllBytes(), UTF_8);
        assertThat(git.waitFor()).as(output + "\n" + patch).isZero();
    }

    private static Map<String, String> tree(Path directory) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (var all = Files.walk(directory)) {
            for (Path path : all.filter(Files::isRegularFile).toList()) {
                files.put(
                        directory.relativize(path).toString(),
                        Files.isExecutable(path) + " " + Files.readString(path, UTF_8));
            }
        }
        return files;
    }
}
