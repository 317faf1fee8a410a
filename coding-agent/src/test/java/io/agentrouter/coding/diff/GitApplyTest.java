package io.agentrouter.coding.diff;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentrouter.coding.workspace.WorkspaceTests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The patch makes with git the same tree that it was made from. */
class GitApplyTest extends WorkspaceTests {

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
        writeExecutable("mode.sh", "#!/bin/sh\n");
        writeExecutable("mode and text.sh", "#!/bin/bash\n");
        writeExecutable("new/tool.sh", "#!/bin/sh\n");
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

    private static String randomText(Random random) {
        StringBuilder text = new StringBuilder();
        int count = random.nextInt(30);
        for (int i = 0; i < count; i++) {
            text.append("line ").append(random.nextInt(6)).append('\n');
        }
        return random.nextBoolean() || count == 0 ? text.toString() : text.substring(0, text.length() - 1);
    }

    private WorkspaceDiff diff() throws IOException {
        return WorkspaceDiff.from(workspace, WorkspaceDiffTest.LIMITS);
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
