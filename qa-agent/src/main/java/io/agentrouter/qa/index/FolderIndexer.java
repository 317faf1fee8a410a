package io.agentrouter.qa.index;

import io.agentrouter.qa.document.DocumentFile;
import io.agentrouter.qa.document.DocumentLimits;
import io.agentrouter.qa.document.DocumentReader;
import io.agentrouter.qa.document.Listing;
import io.agentrouter.qa.document.Passage;
import io.agentrouter.qa.document.Skipped;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.lucene.store.Directory;

/** Makes an index of the documents in a listing. One file that cannot be read costs that file and no other. */
final class FolderIndexer {

    private final Embedder embedder;
    private final DocumentLimits limits;
    private final DocumentReader reader;

    FolderIndexer(Embedder embedder, DocumentLimits limits) {
        this.embedder = embedder;
        this.limits = limits;
        this.reader = new DocumentReader(limits);
    }

    /**
     * Indexes every document that can be read.
     *
     * @param target an empty directory
     * @param notes kept with the index
     * @param known what need not be read or embedded again
     * @return what was left out, files that the listing had left out included
     * @throws InterruptedIOException if the thread is interrupted
     */
    List<Skipped> index(Listing listing, Directory target, Map<String, String> notes, KnownPassages known)
            throws IOException {
        List<Skipped> skipped = new ArrayList<>(listing.skipped());
        int room = limits.maxPassages();
        try (PassageWriter writer = new PassageWriter(target, embedder, known)) {
            for (DocumentFile file : listing.files()) {
                room -= add(file, room, writer, known, skipped);
            }
            writer.commit(notes);
        }
        return skipped;
    }

    private int add(DocumentFile file, int room, PassageWriter writer, KnownPassages known, List<Skipped> skipped)
            throws IOException {
        List<Passage> passages = known.of(file);
        try {
            passages = passages.isEmpty() ? reader.read(file) : passages;
        } catch (IOException e) {
            skipped.add(new Skipped(file.name(), String.valueOf(e.getMessage())));
            return 0;
        }
        if (passages.size() > room) {
            skipped.add(new Skipped(file.name(), "no room: more than " + limits.maxPassages() + " passages in all"));
            return 0;
        }
        for (Passage passage : passages) {
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedIOException("interrupted while indexing");
            }
            writer.add(passage);
        }
        return passages.size();
    }
}
