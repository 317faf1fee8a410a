package io.agentrouter.qa.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentrouter.qa.document.Skipped;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What of a folder is left out, and what indexing it leaves behind. */
class FolderBoundsTest {

    @TempDir
    Path folder;

    private WatchedFolder watched;

    @BeforeEach
    void open() {
        watched = new WatchedFolder(folder);
    }

    @AfterEach
    void close() throws IOException {
        watched.close();
    }

    @Test
    void badFiles_costThemselvesAndNoOther() throws IOException {
        watched.write("good.md", "Cats sleep all day.");
        watched.write("broken.pdf", "%PDF-1.7 and nothing more");
        Files.write(folder.resolve("latin1.txt"), "Grüße".getBytes(StandardCharsets.ISO_8859_1));
        Files.write(folder.resolve("latin1.html"), "<p>Grüße</p>".getBytes(StandardCharsets.ISO_8859_1));
        Files.write(folder.resolve("binary.md"), new byte[] {'a', 0, 1, 2});
        watched.write("large.txt", "x".repeat(70_000));
        watched.write("empty.md", "");
        watched.write("picture.png", "not a document");
        Files.createSymbolicLink(folder.resolve("dangling.md"), Path.of("nowhere.md"));
        Files.createSymbolicLink(folder.resolve("outside.md"), Path.of("/etc/hostname"));
        Files.createDirectories(folder.resolve("1/2/3"));
        watched.write("1/2/3/deep.md", "Too deep.");
        FolderWatch watch = watched.watch(100, 100);

        watch.look();

        assertThat(watched.found("cats")).containsExactly("Cats sleep all day.");
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
            watched.write(i + ".txt", "Passage one of %d.\n\nPassage two of %d.".formatted(i, i));
        }
        FolderWatch fewFiles = watched.watch(4, 100);
        fewFiles.look();
        assertThat(watched.found("passage")).hasSize(4);
        assertThat(fewFiles.skipped())
                .singleElement()
                .extracting(Skipped::reason)
                .asString()
                .contains("more than 4");

        FolderWatch fewPassages = watched.watch(100, 3);
        fewPassages.look();
        assertThat(watched.found("passage")).hasSize(3);
        assertThat(fewPassages.skipped())
                .hasSize(3)
                .allMatch(file -> file.reason().contains("no room"));
    }

    @Test
    void replacedIndexes_leaveNothingOnTheDisk() throws IOException {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        long before = scratchFolders(temporary);
        watched.write("a.txt", "Cats sleep all day.");
        FolderWatch watch = watched.watch(100, 100);
        watch.look();
        watched.write("a.txt", "Cats hunt mice.");
        watch.look();
        assertThat(scratchFolders(temporary)).isEqualTo(before + 1);

        watched.live.close();
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
}
