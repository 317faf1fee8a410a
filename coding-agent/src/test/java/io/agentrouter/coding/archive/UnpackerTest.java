package io.agentrouter.coding.archive;

import static io.agentrouter.coding.archive.Archives.put;
import static io.agentrouter.coding.archive.Archives.tarGz;
import static io.agentrouter.coding.archive.Archives.zip;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentrouter.coding.workspace.WorkspacePath;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What of an archive comes into the workspace, and under which names. */
class UnpackerTest extends UnpackerTests {

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

    private boolean executable(String path) throws IOException {
        return workspace.files().entry(WorkspacePath.parse(path)).executable();
    }
}
