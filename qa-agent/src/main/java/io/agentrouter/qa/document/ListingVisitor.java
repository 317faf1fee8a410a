package io.agentrouter.qa.document;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitResult;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Lists documents within the bounds, links followed as long as they stay in the folder. */
final class ListingVisitor extends SimpleFileVisitor<Path> {

    private final Path root;
    private final DocumentLimits limits;
    private final List<DocumentFile> files = new ArrayList<>();
    private final List<Skipped> skipped = new ArrayList<>();

    ListingVisitor(Path root, DocumentLimits limits) {
        this.root = root;
        this.limits = limits;
    }

    Listing listing() {
        files.sort(Comparator.comparing(DocumentFile::name));
        skipped.sort(Comparator.comparing(Skipped::name));
        return new Listing(files, skipped);
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
        return !folder.equals(root) && isHidden(folder) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        if (attributes.isDirectory()) {
            skip(file, "more than " + limits.maxDepth() + " folders deep");
            return FileVisitResult.CONTINUE;
        }
        Optional<Format> format = Format.of(file.getFileName().toString());
        if (attributes.isOther() || isHidden(file) || format.isEmpty()) {
            return FileVisitResult.CONTINUE;
        }
        if (files.size() == limits.maxFiles()) {
            skip(file, "more than " + limits.maxFiles() + " documents; this one and others are left out");
            return FileVisitResult.TERMINATE;
        }
        add(file, attributes, format.get());
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
        if (file.equals(root)) {
            throw failure;
        }
        skip(file, failure instanceof FileSystemLoopException ? "a link in a circle" : "cannot be read");
        return FileVisitResult.CONTINUE;
    }

    private void add(Path file, BasicFileAttributes attributes, Format format) {
        Path path;
        try {
            path = file.toRealPath();
        } catch (IOException e) {
            skip(file, "gone, or a link to nothing");
            return;
        }
        if (!path.startsWith(root)) {
            skip(file, "a link out of the folder");
        } else if (attributes.size() > format.maxSize(limits)) {
            skip(file, "larger than " + format.maxSize(limits) + " bytes");
        } else {
            files.add(new DocumentFile(
                    name(file), path, attributes.fileKey(), attributes.size(), attributes.lastModifiedTime()));
        }
    }

    private void skip(Path file, String reason) {
        skipped.add(new Skipped(name(file), reason));
    }

    private String name(Path file) {
        return root.relativize(file).toString().replace('\\', '/');
    }

    private static boolean isHidden(Path path) {
        return path.getFileName().toString().startsWith(".");
    }
}
