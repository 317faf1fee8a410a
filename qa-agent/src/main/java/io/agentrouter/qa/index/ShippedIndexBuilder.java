package io.agentrouter.qa.index;

import io.agentrouter.qa.document.DocumentFile;
import io.agentrouter.qa.document.DocumentFolder;
import io.agentrouter.qa.document.DocumentLimits;
import io.agentrouter.qa.document.Listing;
import io.agentrouter.qa.document.Skipped;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.LogManager;
import java.util.stream.Stream;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.NoLockFactory;
import org.springframework.util.FileSystemUtils;

/** Indexes this project's documentation when the module is built, so that nothing is embedded at start. */
final class ShippedIndexBuilder {

    static final List<String> DOCUMENTATION = List.of("README.md", "docs");
    private static final String FINGERPRINT = "fingerprint";

    private static final PathMatcher INDEXING_CODE =
            FileSystems.getDefault().getPathMatcher("glob:**/{document,index}/*.class");

    private final Path project;
    private final Path classes;

    private ShippedIndexBuilder(Path project, Path classes) {
        this.project = project;
        this.classes = classes;
    }

    /** Run by the build with the project's folder and the module's folder of classes. */
    static void main(String[] args) throws IOException {
        LogManager.getLogManager().reset();
        new ShippedIndexBuilder(Path.of(args[0]), Path.of(args[1])).build();
    }

    private void build() throws IOException {
        Listing listing = new DocumentFolder(project, DOCUMENTATION, DocumentLimits.defaults()).list();
        String fingerprint = fingerprint(listing);
        Path target = classes.resolve(ShippedIndex.FOLDER);
        Path fresh = classes.resolveSibling(ShippedIndex.FOLDER);
        try (Directory old = FSDirectory.open(target)) {
            Optional<PassageIndex> previous =
                    DirectoryReader.indexExists(old) ? Optional.of(PassageIndex.open(old)) : Optional.empty();
            if (previous.isPresent()
                    && fingerprint.equals(previous.get().notes().get(FINGERPRINT))) {
                return;
            }
            FileSystemUtils.deleteRecursively(fresh);
            write(listing, fresh, fingerprint, previous);
        }
        FileSystemUtils.deleteRecursively(target);
        Files.move(fresh, target);
    }

    private static void write(Listing listing, Path fresh, String fingerprint, Optional<PassageIndex> previous)
            throws IOException {
        FolderIndexer indexer = new FolderIndexer(new MiniLm(), DocumentLimits.defaults());
        try (Directory directory = FSDirectory.open(fresh, NoLockFactory.INSTANCE)) {
            KnownPassages known =
                    previous.map(index -> KnownPassages.of(List.of(), index)).orElse(KnownPassages.NONE);
            List<Skipped> skipped = indexer.index(listing, directory, Map.of(FINGERPRINT, fingerprint), known);
            if (!skipped.isEmpty()) {
                throw new IOException("The project's own documentation cannot be indexed: " + skipped);
            }
        }
    }

    /** Changes with the documents' names and contents, and with the code that reads and indexes them. */
    private String fingerprint(Listing listing) throws IOException {
        MessageDigest digest = Fields.sha256();
        digest.update(MiniLm.ID.getBytes(StandardCharsets.UTF_8));
        for (DocumentFile file : listing.files()) {
            digest.update(file.name().getBytes(StandardCharsets.UTF_8));
            digest.update(Files.readAllBytes(file.path()));
        }
        try (Stream<Path> code = Files.walk(classes)) {
            for (Path file : code.filter(INDEXING_CODE::matches).sorted().toList()) {
                digest.update(Files.readAllBytes(file));
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
