package io.agentrouter.qa.index;

import io.agentrouter.qa.document.DocumentFolder;
import io.agentrouter.qa.document.DocumentLimits;
import io.agentrouter.qa.document.Listing;
import io.agentrouter.qa.document.Skipped;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.MMapDirectory;
import org.apache.lucene.store.NoLockFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/**
 * Keeps the live index in step with a folder. A changed folder is indexed aside, on disk, and put in place at once, so
 * that searches go on meanwhile. Used by one thread; only what it tells about itself may be asked from others.
 */
public final class FolderWatch {

    private static final Logger log = LoggerFactory.getLogger(FolderWatch.class);
    /** A folder that changes while it is read is read again this often, and taken as it is then. */
    private static final int ATTEMPTS = 3;

    private final DocumentFolder folder;
    private final FolderIndexer indexer;
    private final ScratchFolders scratch;
    private final LiveIndex live;
    private @Nullable Draft published;
    private volatile List<Skipped> skipped = List.of();
    private volatile boolean stale;

    /** A watch that has not looked yet. */
    public FolderWatch(Path folder, DocumentLimits limits, Embedder embedder, LiveIndex live) throws IOException {
        this.folder = new DocumentFolder(folder, limits);
        this.indexer = new FolderIndexer(embedder, limits);
        this.scratch = ScratchFolders.in(Path.of(System.getProperty("java.io.tmpdir")));
        this.live = live;
    }

    /**
     * Looks at the folder, and indexes it if it changed since the last look.
     *
     * @throws IOException if the folder cannot be read or the index not be written: the last index stays in use
     */
    public void look() throws IOException {
        try {
            Listing listing = folder.list();
            stale = published == null || !listing.equals(published.listing());
            if (stale) {
                publish(settled(listing));
            }
            stale = false;
        } catch (IOException e) {
            stale = true;
            throw e;
        }
    }

    /** Files that are not in the index, and why. */
    public List<Skipped> skipped() {
        return skipped;
    }

    /** Whether the folder could not be read or indexed at the last look, or is being indexed now. */
    public boolean isStale() {
        return stale;
    }

    /** An index of one state of the folder: half of one and half of the next would be neither. */
    private Draft settled(Listing listing) throws IOException {
        Draft draft = draft(listing, published == null ? KnownPassages.NONE : published.known());
        for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
            Listing now = folder.list();
            if (now.equals(draft.listing())) {
                break;
            }
            try (PassageIndex outdated = draft.index()) {
                draft = draft(now, KnownPassages.of(draft.listing().files(), outdated));
            }
        }
        return draft;
    }

    private Draft draft(Listing listing, KnownPassages known) throws IOException {
        Path place = scratch.create();
        try {
            Directory directory = new MMapDirectory(place, NoLockFactory.INSTANCE);
            List<Skipped> left = indexer.index(listing, directory, Map.of(), known);
            return new Draft(
                    listing, PassageIndex.open(directory, () -> FileSystemUtils.deleteRecursively(place)), left);
        } catch (IOException | RuntimeException | Error e) {
            FileSystemUtils.deleteRecursively(place);
            throw e;
        }
    }

    private void publish(Draft draft) throws IOException {
        warnOfNew(draft.skipped());
        log.info(
                "Answering from {} passages of {} documents",
                draft.index().size(),
                draft.listing().files().size());
        published = draft;
        skipped = draft.skipped();
        live.replace(draft.index());
    }

    private void warnOfNew(List<Skipped> now) {
        Set<Skipped> fresh = new HashSet<>(now);
        skipped.forEach(fresh::remove);
        fresh.forEach(file -> log.warn("Not indexed: {}: {}", file.name(), file.reason()));
    }
}
