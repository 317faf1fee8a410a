package io.agentrouter.qa.index;

import io.agentrouter.qa.document.DocumentFile;
import io.agentrouter.qa.document.DocumentLimits;
import io.agentrouter.qa.document.DocumentReader;
import io.agentrouter.qa.document.Listing;
import io.agentrouter.qa.document.Passage;
import io.agentrouter.qa.document.Skipped;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.lucene.store.Directory;
import org.jspecify.annotations.Nullable;

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
     * @param previous where known vectors are taken from, or null
     * @return what was left out, files that the listing had left out included
     */
    List<Skipped> index(Listing listing, Directory target, Map<String, String> notes, @Nullable PassageIndex previous)
            throws IOException {
        List<Skipped> skipped = new ArrayList<>(listing.skipped());
        int left = limits.maxPassages();
        try (PassageWriter writer = new PassageWriter(target, embedder, previous)) {
            for (DocumentFile file : listing.files()) {
                left -= add(file, left, writer, skipped);
            }
            writer.commit(notes);
        }
        return skipped;
    }

    private int add(DocumentFile file, int room, PassageWriter writer, List<Skipped> skipped) throws IOException {
        List<Passage> passages;
        try {
            passages = reader.read(file);
        } catch (IOException e) {
            skipped.add(new Skipped(file.name(), String.valueOf(e.getMessage())));
            return 0;
        }
        if (passages.size() > room) {
            skipped.add(new Skipped(file.name(), "no room: more than " + limits.maxPassages() + " passages in all"));
            return 0;
        }
        for (Passage passage : passages) {
            writer.add(passage);
        }
        return passages.size();
    }
}
