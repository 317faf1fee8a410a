package io.agentrouter.qa.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentrouter.qa.document.DocumentLimits;
import io.agentrouter.qa.document.Skipped;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;
import org.springframework.util.unit.DataSize;

/** What becomes of a folder's changes, look by look. */
class FolderWatchTest {

    private static final MiniLm MINI_LM = new MiniLm();

    @TempDir
    Path folder;

    private final List<String> embedded = new ArrayList<>();
    private final LiveIndex live = new LiveIndex();

    @AfterEach
    void close() throws IOException {
        live.close();
    }

    @Test
    void fileAddedChangedAndDeleted_isFoundAsItIsNow() throws IOException {
        write("a.md", "# Cats\n\nCats sleep all day.");
        FolderWatch watch = watch(limits(100, 100));
        watch.look();
        assertThat(found("cats")).containsExactly("Cats sleep all day.");

        write("b.txt", "Dogs bark at night.");
        write("a.md", "# Cats\n\nCats hunt mice.");
        watch.look();
        assertThat(found("cats")).containsExactlyInAnyOrder("Cats hunt mice.", "Dogs bark at night.");

        Files.delete(folder.resolve("a.md"));
        watch.look();
        assertThat(found("cats")).containsExactly("Dogs bark at night.");
    }

    @Test
    void unchangedFiles_areNotEmbeddedAgain() throws IOException {
        write("a.md", "# Cats\n\nCats sleep all day.");
        write("b.txt", "Dogs bark at night.");
        FolderWatch watch = watch(limits(100, 100));
        watch.look();
        watch.look();
        assertThat(embedded).hasSize(2);

        write("c.txt", "Fish swim.");
        Files.move(folder.resolve("a.md"), folder.resolve("renamed.md"));
        watch.look();
        assertThat(embedded).hasSize(3).last().isEqualTo("Fish swim.");
        assertThat(found("cats")).hasSize(3);
    }

    @Test
    void fileReplacedByOneOfTheSameSizeAndTime_isSeen() throws IOException {
        write("a.txt", "Cats sleep all day.");
        FileTime time = Files.getLastModifiedTime(folder.resolve("a.txt"));
        FolderWatch watch = watch(limits(100, 100));
        watch.look();

        Path other = Files.writeString(folder.resolve(".a.txt.tmp"), "Cows sleep all day.");
        Files.setLastModifiedTime(other, time);
        Files.move(other, folder.resolve("a.txt"), StandardCopyOption.ATOMIC_MOVE);
        watch.look();

        assertThat(found("sleep")).containsExactly("Cows sleep all day.");
    }

    @Test
    void linkSwappedAsConfigMapVolumesDo_isSeenAndReadOnce() throws IOException {
        Files.writeString(Files.createDirectory(folder.resolve("..1")).resolve("a.md"), "The limit is 10.");
        Files.writeString(Files.createDirectory(folder.resolve("..2")).resolve("a.md"), "The limit is 20.");
        Files.createSymbolicLink(folder.resolve("..data"), Path.of("..1"));
        Files.createSymbolicLink(folder.resolve("a.md"), Path.of("..data", "a.md"));
        FolderWatch watch = watch(limits(100, 100));
        watch.look();
        assertThat(found("limit")).containsExactly("The limit is 10.");

        Files.createSymbolicLink(folder.resolve("..data_tmp"), Path.of("..2"));
        Files.move(
                folder.resolve("..data_tmp"),
                folder.resolve("..data"),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        FileSystemUtils.deleteRecursively(folder.resolve("..1"));
        watch.look();

        assertThat(found("limit")).containsExactly("The limit is 20.");
    }

    @Test
    void folderThatVanishes_leavesTheLastIndexInUse() throws IOException {
        write("a.txt", "Cats sleep all day.");
        FolderWatch watch = watch(limits(100, 100));
        watch.look();
        assertThat(watch.isStale()).isFalse();
        Path away = folder.resolveSibling(folder.getFileName() + "-away");
        Files.move(folder, away);

        assertThatThrownBy(watch::look).isInstanceOf(IOException.class);
        assertThat(watch.isStale()).isTrue();
        assertThat(found("cats")).containsExactly("Cats sleep all day.");

        Files.move(away, folder);
        watch.look();
        assertThat(watch.isStale()).isFalse();
    }

    @Test
    void searchThatHasBegun_endsOnTheIndexItBeganWith() throws IOException {
        write("a.txt", "Cats sleep all day.");
        FolderWatch watch = watch(limits(100, 100));
        watch.look();

        List<Hit> hits = live.search(index -> {
                    write("a.txt", "Cats hunt mice.");
                    watch.look();
                    return index.search("cats", MINI_LM.embed("cats"), 5);
                })
                .orElseThrow();

        assertThat(hits).extracting(hit -> hit.passage().text()).containsExactly("Cats sleep all day.");
        assertThat(found("cats")).containsExactly("Cats hunt mice.");
    }

    @Test
    void badFiles_costThemselvesAndNoOther() throws IOException {
        write("good.md", "Cats sleep all day.");
        write("broken.pdf", "%PDF-1.7 and nothing more");
        Files.write(folder.resolve("latin1.txt"), "Grüße".getBytes(StandardCharsets.ISO_8859_1));
        Files.write(folder.resolve("latin1.html"), "<p>Grüße</p>".getBytes(StandardCharsets.ISO_8859_1));
        Files.write(folder.resolve("binary.md"), new byte[] {'a', 0, 1, 2});
        write("large.txt", "x".repeat(70_000));
        write("empty.md", "");
        write("picture.png", "not a document");
        Files.createSymbolicLink(folder.resolve("dangling.md"), Path.of("nowhere.md"));
        Files.createSymbolicLink(folder.resolve("outside.md"), Path.of("/etc/hostname"));
        Files.createDirectories(folder.resolve("1/2/3"));
        write("1/2/3/deep.md", "Too deep.");
        FolderWatch watch = watch(limits(100, 100));

        watch.look();

        assertThat(found("cats")).containsExactly("Cats sleep all day.");
        assertThat(watch.skipped())
                .extracting(Skipped::name)
                .containsExactlyInAnyOrder(
                        "broken.pdf",
                        "latin1.txt",
                        "latin1.html",
                        "binary.md",
                        "large.txt",
                        "empty.md",
                        "dangling.md",
                        "outside.md",
                        "1/2/3");
        assertThat(watch.skipped()).extracting(Skipped::reason).noneMatch(reason -> reason.contains(folder.toString()));
    }

    @Test
    void folderBeyondItsLimits_isIndexedUpToThem() throws IOException {
        for (int i = 0; i < 6; i++) {
            write(i + ".txt", "Passage one of %d.\n\nPassage two of %d.".formatted(i, i));
        }
        FolderWatch fewFiles = watch(limits(4, 100));
        fewFiles.look();
        assertThat(found("passage")).hasSize(4);
        assertThat(fewFiles.skipped())
                .singleElement()
                .extracting(Skipped::reason)
                .asString()
                .contains("more than 4");

        FolderWatch fewPassages = watch(limits(100, 3));
        fewPassages.look();
        assertThat(found("passage")).hasSize(3);
        assertThat(fewPassages.skipped())
                .hasSize(3)
                .allMatch(file -> file.reason().contains("no room"));
    }

    @Test
    void replacedIndexes_leaveNothingOnTheDisk() throws IOException {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        long before = scratchFolders(temporary);
        write("a.txt", "Cats sleep all day.");
        FolderWatch watch = watch(limits(100, 100));
        watch.look();
        write("a.txt", "Cats hunt mice.");
        watch.look();
        assertThat(scratchFolders(temporary)).isEqualTo(before + 1);

        live.close();
        assertThat(scratchFolders(temporary)).isEqualTo(before);
    }

    @Test
    void failuresInARow_areRetriedLessAndLessOften() {
        Duration poll = Duration.ofSeconds(5);
        assertThat(FolderPoll.pause(poll, 0)).isEqualTo(poll);
        assertThat(FolderPoll.pause(poll, 2)).isEqualTo(Duration.ofSeconds(20));
        assertThat(FolderPoll.pause(poll, 10)).isEqualTo(Duration.ofMinutes(1));
        assertThat(FolderPoll.pause(Duration.ofMinutes(5), 3)).isEqualTo(Duration.ofMinutes(5));
    }

    private static long scratchFolders(Path temporary) throws IOException {
        try (var folders = Files.newDirectoryStream(
                temporary, "qa-index-" + ProcessHandle.current().pid() + "-*")) {
            long count = 0;
            for (Path ignored : folders) {
                count++;
            }
            return count;
        }
    }

    private FolderWatch watch(DocumentLimits limits) throws IOException {
        Embedder counting = text -> {
            embedded.add(text);
            return MINI_LM.embed(text);
        };
        return new FolderWatch(folder, limits, counting, live);
    }

    private static DocumentLimits limits(int files, int passages) {
        return new DocumentLimits(
                files,
                2,
                DataSize.ofKilobytes(64),
                DataSize.ofMegabytes(1),
                60_000,
                passages,
                800,
                Duration.ofSeconds(10));
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private List<String> found(String words) throws IOException {
        return live.search(index -> index.search(words, MINI_LM.embed(words), 10)).orElseThrow().stream()
                .map(hit -> hit.passage().text())
                .toList();
    }
}
