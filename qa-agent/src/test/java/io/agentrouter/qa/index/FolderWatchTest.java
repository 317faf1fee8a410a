package io.agentrouter.qa.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/** What becomes of a folder's changes, look by look. */
class FolderWatchTest {

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
    void fileAddedChangedAndDeleted_isFoundAsItIsNow() throws IOException {
        watched.write("a.md", "# Cats\n\nCats sleep all day.");
        FolderWatch watch = watched.watch(100, 100);
        watch.look();
        assertThat(watched.found("cats")).containsExactly("Cats sleep all day.");

        watched.write("b.txt", "Dogs bark at night.");
        watched.write("a.md", "# Cats\n\nCats hunt mice.");
        watch.look();
        assertThat(watched.found("cats")).containsExactlyInAnyOrder("Cats hunt mice.", "Dogs bark at night.");

        Files.delete(folder.resolve("a.md"));
        watch.look();
        assertThat(watched.found("cats")).containsExactly("Dogs bark at night.");
    }

    @Test
    void unchangedFiles_areNotEmbeddedAgain() throws IOException {
        watched.write("a.md", "# Cats\n\nCats sleep all day.");
        watched.write("b.txt", "Dogs bark at night.");
        FolderWatch watch = watched.watch(100, 100);
        watch.look();
        watch.look();
        assertThat(watched.embedded).hasSize(2);

        watched.write("c.txt", "Fish swim.");
        Files.move(folder.resolve("a.md"), folder.resolve("renamed.md"));
        watch.look();
        assertThat(watched.embedded).hasSize(3).last().isEqualTo("Fish swim.");
        assertThat(watched.found("cats")).hasSize(3);
    }

    @Test
    void fileReplacedByOneOfTheSameSizeAndTime_isSeen() throws IOException {
        watched.write("a.txt", "Cats sleep all day.");
        FileTime time = Files.getLastModifiedTime(folder.resolve("a.txt"));
        FolderWatch watch = watched.watch(100, 100);
        watch.look();

        Path other = Files.writeString(folder.resolve(".a.txt.tmp"), "Cows sleep all day.");
        Files.setLastModifiedTime(other, time);
        Files.move(other, folder.resolve("a.txt"), StandardCopyOption.ATOMIC_MOVE);
        watch.look();

        assertThat(watched.found("sleep")).containsExactly("Cows sleep all day.");
    }

    @Test
    void linkSwappedAsConfigMapVolumesDo_isSeenAndReadOnce() throws IOException {
        Files.writeString(Files.createDirectory(folder.resolve("..1")).resolve("a.md"), "The limit is 10.");
        Files.writeString(Files.createDirectory(folder.resolve("..2")).resolve("a.md"), "The limit is 20.");
        Files.createSymbolicLink(folder.resolve("..data"), Path.of("..1"));
        Files.createSymbolicLink(folder.resolve("a.md"), Path.of("..data", "a.md"));
        FolderWatch watch = watched.watch(100, 100);
        watch.look();
        assertThat(watched.found("limit")).containsExactly("The limit is 10.");

        Files.createSymbolicLink(folder.resolve("..data_tmp"), Path.of("..2"));
        Files.move(
                folder.resolve("..data_tmp"),
                folder.resolve("..data"),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        FileSystemUtils.deleteRecursively(folder.resolve("..1"));
        watch.look();

        assertThat(watched.found("limit")).containsExactly("The limit is 20.");
    }

    @Test
    void folderThatVanishes_leavesTheLastIndexInUse() throws IOException {
        watched.write("a.txt", "Cats sleep all day.");
        FolderWatch watch = watched.watch(100, 100);
        watch.look();
        assertThat(watch.isStale()).isFalse();
        Path away = folder.resolveSibling(folder.getFileName() + "-away");
        Files.move(folder, away);

        assertThatThrownBy(watch::look).isInstanceOf(IOException.class);
        assertThat(watch.isStale()).isTrue();
        assertThat(watched.found("cats")).containsExactly("Cats sleep all day.");

        Files.move(away, folder);
        watch.look();
        assertThat(watch.isStale()).isFalse();
    }

    @Test
    void searchThatHasBegun_endsOnTheIndexItBeganWith() throws IOException {
        watched.write("a.txt", "Cats sleep all day.");
        FolderWatch watch = watched.watch(100, 100);
        watch.look();

        List<Hit> hits = watched.live
                .search(index -> {
                    watched.write("a.txt", "Cats hunt mice.");
                    watch.look();
                    return index.search("cats", WatchedFolder.MINI_LM.embed("cats"), 5);
                })
                .orElseThrow();

        assertThat(hits).extracting(hit -> hit.passage().text()).containsExactly("Cats sleep all day.");
        assertThat(watched.found("cats")).containsExactly("Cats hunt mice.");
    }
}
