package io.agentrouter.coding.archive;

import static io.agentrouter.coding.archive.Archives.put;
import static io.agentrouter.coding.archive.Archives.tarGz;
import static io.agentrouter.coding.archive.Archives.zip;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentrouter.coding.workspace.Workspace;
import io.agentrouter.coding.workspace.WorkspaceException;
import io.agentrouter.coding.workspace.WorkspacePath;
import io.agentrouter.coding.workspace.Workspaces;
import io.agentrouter.runtime.agent.InputFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

class UnpackerTest {

    private static final ArchiveLimits LIMITS = new ArchiveLimits(100, DataSize.ofMegabytes(8), 100, 8);

    private final Unpacker unpacker = new Unpacker(LIMITS);

    @TempDir
    private Path temp;

    private Workspaces workspaces;
    private Workspace workspace;

    @BeforeEach
    void makeWorkspace() throws IOException {
        workspaces = new Workspaces(temp.resolve("workspaces"), false);
        workspace = workspaces.create();
    }

    @AfterEach
    void close() throws IOException {
        workspaces.remove(workspace);
        workspaces.close();
    }

    @Test
    void singleFiles_keepTheirNamesAndFolders() throws IOException {
        unpack(file("main.py", "print()".getBytes(UTF_8)), file("src/lib.py", "x = 1".getBytes(UTF_8)));

        assertThat(read("main.py")).isEqualTo("print()");
        assertThat(read("src/lib.py")).isEqualTo("x = 1");
    }

    @Test
    void zip_isUnpackedWithModes() throws IOException {
        unpack(file("project.zip", zip(zip -> {
            put(zip, "bin/", 040755, "");
            put(zip, "bin/run", 0100755, "#!/bin/sh\n");
            put(zip, "ünï/read me.md", 0100644, "hello");
        })));

        assertThat(read("ünï/read me.md")).isEqualTo("hello");
        assertThat(executable("bin/run")).isTrue();
        assertThat(executable("ünï/read me.md")).isFalse();
    }

    @Test
    void tarGz_isUnpackedWithModesAndLongNames() throws IOException {
        String longName = "d".repeat(120) + "/" + "f".repeat(120);
        unpack(file("PROJECT.TGZ", tarGz(tar -> {
            put(tar, "./gradlew", 0755, "#!/bin/sh\n");
            put(tar, longName, 0644, "deep");
        })));

        assertThat(executable("gradlew")).isTrue();
        assertThat(read(longName)).isEqualTo("deep");
    }

    @Test
    void macMetadata_isPassedOver() throws IOException {
        unpack(file("a.zip", zip(zip -> {
            put(zip, "__MACOSX/._test_a.py", 0100644, "junk");
            put(zip, "test_a.py", 0100644, "");
        })));

        assertThat(workspace.files().list(WorkspacePath.ROOT, 10)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../evil",
                "a/../../evil",
                "/etc/evil",
                "..\\evil",
                "a\\..\\..\\evil",
                "C:\\evil",
                "c:evil",
                "\\\\host\\share",
                "a/\u0001b",
                "..",
                "a/b/c/d/e/f/g/h/i/j",
                "/workspace/x"
            })
    void namesThatLeadOut_refuseTheArchive(String name) throws IOException {
        byte[] zipped = zip(zip -> {
            ZipArchiveEntry entry = new ZipArchiveEntry(name);
            entry.setUnixMode(0100644);
            zip.putArchiveEntry(entry);
            zip.closeArchiveEntry();
        });
        byte[] tarred = tarGz(tar -> put(tar, name, 0644, "evil"));

        assertRefused(file("a.zip", zipped));
        assertRefused(file("a.tar.gz", tarred));
        assertRefused(file(name, new byte[0]));
        assertThat(Files.exists(temp.resolve("evil"))).isFalse();
    }

    @Test
    void linksAndDevices_areLeftOutAndNamed() throws IOException {
        List<String> leftOut = unpack(
                file("a.tar.gz", tarGz(tar -> {
                    put(tar, "key", TarConstants.LF_SYMLINK, "/etc/passwd");
                    put(tar, "hard", TarConstants.LF_LINK, "/etc/passwd");
                    put(tar, "null", TarConstants.LF_CHR, "");
                    put(tar, "disk", TarConstants.LF_BLK, "");
                    put(tar, "pipe", TarConstants.LF_FIFO, "");
                    put(tar, "plain", 0644, "kept");
                })),
                file("b.zip", zip(zip -> put(zip, "zipped-key", 0120777, "/etc/passwd"))));

        assertThat(leftOut).containsExactly("key", "hard", "null", "disk", "pipe", "zipped-key");
        assertThat(workspace.files().list(WorkspacePath.ROOT, 10))
                .extracting(entry -> entry.path().toString())
                .containsExactly("plain");
    }

    @Test
    void entryBelowALink_refusesTheArchive() throws IOException {
        assertRefused(file("a.tar.gz", tarGz(tar -> {
            put(tar, "out", TarConstants.LF_SYMLINK, temp.toString());
            put(tar, "out/evil", 0644, "evil");
        })));
        assertThat(Files.exists(temp.resolve("evil"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.py", "A.PY", "./a.py", "a.py/b", "x/../a.py"})
    void secondEntryOfOneName_refusesTheArchive(String second) throws IOException {
        assertRefused(file("a.zip", zip(zip -> {
            put(zip, "a.py", 0100644, "first");
            put(zip, second, 0100644, "second");
        })));
    }

    @Test
    void directoriesThatDifferInCaseOrUnicodeForm_refuseTheArchive() throws IOException {
        assertRefused(file("a.zip", zip(zip -> {
            put(zip, "Src/a.py", 0100644, "");
            put(zip, "src/b.py", 0100644, "");
        })));
        assertRefused(file("b.zip", zip(zip -> {
            put(zip, "caf\u00e9", 0100644, "");
            put(zip, "cafe\u0301", 0100644, "");
        })));
    }

    @Test
    void sameNameInTwoFiles_isRefused() {
        assertRefused(file("a.py", new byte[1]), file("a.py", new byte[1]));
    }

    @Test
    void moreEntriesThanAllowed_refuseTheArchive() throws IOException {
        byte[] zipped = zip(zip -> many(i -> put(zip, "f" + i, 0100644, "")));
        byte[] tarred = tarGz(tar -> many(i -> put(tar, "f" + i, 0644, "")));

        assertRefusedSaying("100 files", file("a.zip", zipped));
        assertRefusedSaying("100 files", file("a.tar.gz", tarred));
        assertRefusedSaying("100 files", file("a.zip", zip(zip -> {
            for (int i = 0; i < 500; i++) {
                put(zip, "f" + i, 0100644, "");
            }
        })));
    }

    @Test
    void archiveThatUnpacksTooLarge_isRefused() throws IOException {
        byte[] noise = new byte[3 << 20];
        new Random(1).nextBytes(noise);

        assertRefusedSaying("8 MiB", file("a.bin", noise), file("b.bin", noise), file("c.bin", noise));
    }

    @Test
    void archiveThatUnpacksManifold_isRefused() throws IOException {
        assertRefusedSaying("100 times", file("a.zip", zip(zip -> {
            zip.putArchiveEntry(new ZipArchiveEntry("zeros"));
            Archives.zeros(zip, 6 << 20);
            zip.closeArchiveEntry();
        })));
        assertRefusedSaying("100 times", file("a.tar.gz", tarGz(tar -> {
            TarArchiveEntry entry = new TarArchiveEntry("zeros");
            entry.setSize(6 << 20);
            tar.putArchiveEntry(entry);
            Archives.zeros(tar, 6 << 20);
            tar.closeArchiveEntry();
        })));
    }

    @Test
    void nameThatIsItselfABomb_isRefusedBeforeItFillsTheMemory() throws IOException {
        assertRefusedSaying("header", file("a.tar.gz", tarGz(tar -> {
            TarArchiveEntry entry = new TarArchiveEntry("././@LongLink", TarConstants.LF_GNUTYPE_LONGNAME);
            entry.setSize(900 << 10);
            tar.putArchiveEntry(entry);
            byte[] noise = new byte[900 << 10];
            new Random(1).nextBytes(noise);
            tar.write(noise);
            tar.closeArchiveEntry();
            put(tar, "a", 0644, "");
        })));
    }

    @Test
    void archiveInAnArchive_staysAFile() throws IOException {
        byte[] inner = zip(zip -> put(zip, "../evil", 0100644, "evil"));
        unpack(file("a.zip", zip(zip -> {
            zip.putArchiveEntry(new ZipArchiveEntry("inner.zip"));
            zip.write(inner);
            zip.closeArchiveEntry();
        })));

        assertThat(workspace.files().read(WorkspacePath.parse("inner.zip"), 1 << 20))
                .isEqualTo(inner);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.zip", "a.tar.gz", "a.tgz"})
    void damagedArchive_isRefused(String name) throws IOException {
        byte[] whole = name.endsWith(".zip")
                ? zip(zip -> put(zip, "a", 0100644, "x".repeat(5000)))
                : tarGz(tar -> put(tar, "a", 0644, "x".repeat(5000)));

        assertRefusedSaying("damaged", file(name, new byte[0]));
        assertRefusedSaying("damaged", file(name, "no archive".getBytes(UTF_8)));
        assertRefusedSaying("damaged", file(name, Arrays.copyOf(whole, whole.length / 2)));
    }

    @Test
    void arbitraryDamage_neverEscapesAsAnythingElse() throws IOException {
        byte[] whole = zip(zip -> many(i -> {
            if (i < 20) {
                put(zip, "dir/f" + i, 0100644, "x".repeat(i * 50));
            }
        }));
        Random random = new Random(7);
        for (int i = 0; i < 300; i++) {
            byte[] damaged = whole.clone();
            IntStream.range(0, 8).forEach(n -> damaged[random.nextInt(damaged.length)] = (byte) random.nextInt());
            Workspace fresh = workspaces.create();
            try {
                unpacker.unpack(List.of(file("a.zip", damaged)), fresh.files());
            } catch (WorkspaceException e) {
                assertThat(e.getMessage()).contains("a.zip");
            } finally {
                workspaces.remove(fresh);
            }
        }
    }

    private interface Each {
        void put(int i) throws IOException;
    }

    private static void many(Each each) throws IOException {
        for (int i = 0; i < 101; i++) {
            each.put(i);
        }
    }

    private static InputFile file(String name, byte[] content) {
        return new InputFile(name, content);
    }

    private List<String> unpack(InputFile... files) throws IOException {
        return unpacker.unpack(List.of(files), workspace.files());
    }

    private void assertRefused(InputFile... files) {
        assertRefusedSaying("", files);
    }

    private void assertRefusedSaying(String part, InputFile... files) {
        assertThatThrownBy(() -> {
                    Workspace fresh = workspaces.create();
                    try {
                        unpacker.unpack(List.of(files), fresh.files());
                    } finally {
                        workspaces.remove(fresh);
                    }
                })
                .isInstanceOf(WorkspaceException.class)
                .hasMessageContaining(part);
    }

    private String read(String path) throws IOException {
        return new String(workspace.files().read(WorkspacePath.parse(path), 1000), UTF_8);
    }

    private boolean executable(String path) throws IOException {
        return workspace.files().entry(WorkspacePath.parse(path)).executable();
    }
}
