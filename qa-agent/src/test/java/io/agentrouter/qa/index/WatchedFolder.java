package io.agentrouter.qa.index;

import io.agentrouter.qa.document.DocumentLimits;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.util.unit.DataSize;

/** A folder under test, what was embedded of it, and what is found in it. */
final class WatchedFolder implements Closeable {

    static final MiniLm MINI_LM = new MiniLm();

    final List<String> embedded = new ArrayList<>();
    final LiveIndex live = new LiveIndex();
    private final Path folder;

    WatchedFolder(Path folder) {
        this.folder = folder;
    }

    /** A watch that lets in so many files, and so many passages in all. */
    FolderWatch watch(int files, int passages) throws IOException {
        DocumentLimits limits = new DocumentLimits(
                files,
                2,
                DataSize.ofKilobytes(64),
                DataSize.ofMegabytes(1),
                60_000,
                passages,
                800,
                Duration.ofSeconds(10));
        return new FolderWatch(folder, limits, this::embed, live);
    }

    void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    List<String> found(String words) throws IOException {
        return live.search(index -> index.search(words, MINI_LM.embed(words), 10)).orElseThrow().stream()
                .map(hit -> hit.passage().text())
                .toList();
    }

    @Override
    public void close() throws IOException {
        live.close();
    }

    private float[] embed(String text) {
        embedded.add(text);
        return MINI_LM.embed(text);
    }
}
