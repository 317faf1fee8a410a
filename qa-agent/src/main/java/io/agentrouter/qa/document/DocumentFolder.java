package io.agentrouter.qa.document;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;

/** A folder of documents, or chosen parts of one. Files and folders whose name begins with a dot are not looked at. */
public final class DocumentFolder {

    private final Path root;
    private final List<String> parts;
    private final DocumentLimits limits;

    public DocumentFolder(Path root, DocumentLimits limits) {
        this(root, List.of(""), limits);
    }

    /**
     * Chosen parts of a folder.
     *
     * @param parts files and folders in {@code root}; what does not exist is left out
     */
    public DocumentFolder(Path root, List<String> parts, DocumentLimits limits) {
        this.root = root;
        this.parts = List.copyOf(parts);
        this.limits = limits;
    }

    /**
     * The documents that are there now. Cheap enough to be asked every few seconds: it opens no file.
     *
     * @throws IOException if the folder itself cannot be read
     */
    public Listing list() throws IOException {
        Path realRoot = root.toRealPath();
        ListingVisitor visitor = new ListingVisitor(realRoot, limits);
        for (String part : parts) {
            Path start = realRoot.resolve(part);
            if (Files.exists(start)) {
                Files.walkFileTree(start, EnumSet.of(FileVisitOption.FOLLOW_LINKS), limits.maxDepth() + 1, visitor);
            }
        }
        return visitor.listing();
    }
}
