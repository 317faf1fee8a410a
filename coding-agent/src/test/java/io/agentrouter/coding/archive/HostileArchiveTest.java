package io.agentrouter.coding.archive;

import static io.agentrouter.coding.archive.Archives.put;
import static io.agentrouter.coding.archive.Archives.tarGz;
import static io.agentrouter.coding.archive.Archives.zip;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentrouter.coding.workspace.Workspace;
import io.agentrouter.coding.workspace.WorkspaceException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives that are too large, or no archives at all. */
class HostileArchiveTest extends UnpackerTests {

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
}
