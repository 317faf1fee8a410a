package io.agentrouter.coding.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkspaceFilesTest extends WorkspaceTests {

    private WorkspaceFiles files;
    private Path key;

    @BeforeEach
    void makeKey() throws IOException {
        files = workspace.files();
        key = Files.writeString(temp.resolve("key"), "sk-secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../key", "a/../../key", "/etc/passwd", "a/..", "a/b\u0000c"})
    void pathThatLeadsOut_isRefused(String path) {
        assertThatThrownBy(() -> WorkspacePath.parse(path)).isInstanceOf(WorkspaceException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "./a/b", "a//b/", "/workspace/a/b"})
    void pathAsPeopleWriteIt_isUnderstood(String path) throws IOException {
        assertThat(WorkspacePath.parse(path).toString()).isEqualTo("a/b");
    }

    @Test
    void linkToTheKey_isNeitherReadNorWrittenThrough() throws IOException {
        Files.createSymbolicLink(inside("link"), key);
        Files.createSymbolicLink(inside("up"), temp);

        assertThatThrownBy(() -> read("link")).isInstanceOf(WorkspaceException.class);
        assertThatThrownBy(() -> read("up/key")).isInstanceOf(WorkspaceException.class);
        assertThatThrownBy(() -> write("up/key", "overwritten")).isInstanceOf(WorkspaceException.class);
        assertThatThrownBy(() -> write("up/new", "made")).isInstanceOf(WorkspaceException.class);
        assertThatThrownBy(() -> files.list(WorkspacePath.parse("up"), 10)).isInstanceOf(WorkspaceException.class);
        write("link", "a file now");

        assertThat(key).hasContent("sk-secret");
        assertThat(temp.resolve("new")).doesNotExist();
        assertThat(read("link")).isEqualTo("a file now");
    }

    @Test
    void walk_doesNotFollowLinks() throws IOException {
        write("a/b", "x");
        Files.createSymbolicLink(inside("up"), temp);
        List<String> seen = new ArrayList<>();

        boolean complete = files.walk(WorkspacePath.ROOT, 100, entry -> seen.add(entry.kind() + " " + entry.path()));

        assertThat(seen).containsExactly("DIRECTORY a", "FILE a/b", "LINK up");
        assertThat(complete).isTrue();
    }

    @Test
    void walk_endsAtItsLimitAndSaysSo() throws IOException {
        for (int i = 0; i < 20; i++) {
            write("d" + i + "/f", "x");
        }
        List<Entry> seen = new ArrayList<>();

        assertThat(files.walk(WorkspacePath.ROOT, 10, seen::add)).isFalse();
        assertThat(seen).hasSize(10);
    }

    @Test
    @Timeout(10)
    void pipe_isRefusedInsteadOfWaitedFor() throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("mkfifo", inside("pipe").toString())
                        .start()
                        .waitFor())
                .isZero();

        assertThatThrownBy(() -> read("pipe")).isInstanceOf(WorkspaceException.class);
        assertThatThrownBy(() -> files.list(WorkspacePath.parse("pipe"), 10)).isInstanceOf(WorkspaceException.class);
    }

    @Test
    void fileAsADirectory_isRefused() throws IOException {
        write("f", "x");

        assertThatThrownBy(() -> write("f/g", "y")).hasMessageContaining("no directory");
        assertThatThrownBy(() -> files.list(WorkspacePath.parse("f"), 10)).hasMessageContaining("no directory");
    }

    @Test
    void directory_isNotReplacedByAFile() throws IOException {
        write("d/f", "x");

        assertThatThrownBy(() -> write("d", "y")).isInstanceOf(WorkspaceException.class);
        assertThat(read("d/f")).isEqualTo("x");
    }

    @Test
    void hardLinkedFile_isReplacedAndNotWrittenTo() throws IOException {
        Files.createLink(inside("hard"), key);

        write("hard", "mine");

        assertThat(key).hasContent("sk-secret");
    }

    @Test
    void executableBit_outlivesAnEdit() throws IOException {
        files.write(WorkspacePath.parse("run"), new ByteArrayInputStream(new byte[0]), true);

        write("run", "#!/bin/sh");

        assertThat(files.entry(WorkspacePath.parse("run")).executable()).isTrue();
    }

    @Test
    void fileLargerThanAsked_isRefused() throws IOException {
        write("f", "12345");

        assertThatThrownBy(() -> files.read(WorkspacePath.parse("f"), 4)).hasMessageContaining("larger than 4");
        assertThat(files.read(WorkspacePath.parse("f"), 5)).hasSize(5);
    }

    /** The race itself: a directory and a file that turn into links and back, all the time. */
    @Test
    @Timeout(60)
    void linksSlippedInBetweenLookAndDeed_neverLeadToTheKey() throws Exception {
        write("d/key", "harmless");
        Files.writeString(temp.resolve("key"), "sk-secret");
        Process swapper = new ProcessBuilder("python3", "-c", """
                import ctypes, os, sys
                os.chdir(sys.argv[1]); out = sys.argv[2]
                os.symlink(out, 'l'); os.symlink(out + '/key', 'k'); print('ready', flush=True)
                c = ctypes.CDLL(None)
                def swap(a, b): assert c.renameat2(-100, a, -100, b, 2) == 0  # both at once: RENAME_EXCHANGE
                while True:
                    for i in range(200): swap(b'd', b'l')
                    for i in range(200): swap(b'd/key', b'k')
                """, inside("").toString(), temp.toString()).start();
        try {
            assertThat(swapper.getInputStream().read()).isEqualTo('r');
            int read = 0;
            for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(3); System.nanoTime() < end; ) {
                try {
                    assertThat(read("d/key")).isEqualTo("harmless");
                    read++;
                } catch (WorkspaceException e) {
                    // it was a link, or gone
                }
            }
            assertThat(read).isPositive();
            assertThat(swapper.isAlive()).isTrue();
        } finally {
            swapper.destroyForcibly().waitFor();
        }
    }
}
