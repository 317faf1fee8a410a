package io.agentrouter.qa.index;

import io.agentrouter.qa.document.DocumentFile;
import io.agentrouter.qa.document.Passage;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an earlier index knows: the passages of files that are still the same, and the vectors of all its words. */
final class KnownPassages {

    static final KnownPassages NONE = new KnownPassages(Set.of(), null);

    private final Set<DocumentFile> files;
    private final @Nullable PassageIndex index;

    private KnownPassages(Set<DocumentFile> files, @Nullable PassageIndex index) {
        this.files = files;
        this.index = index;
    }

    /**
     * Knowledge of an index, which has to stay open while it is used.
     *
     * @param files what the index was made of
     */
    static KnownPassages of(Collection<DocumentFile> files, PassageIndex index) {
        return new KnownPassages(Set.copyOf(files), index);
    }

    /** The passages of a file as it is now; empty if they are not known. */
    List<Passage> of(DocumentFile file) throws IOException {
        return index != null && files.contains(file) ? index.passages(file.name()) : List.of();
    }

    /** The vector of a passage in the same words, wherever it stood. */
    Optional<float[]> vector(String key) throws IOException {
        return index == null ? Optional.empty() : index.vector(key);
    }
}
