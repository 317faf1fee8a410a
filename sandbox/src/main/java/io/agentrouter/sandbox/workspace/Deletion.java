package io.agentrouter.sandbox.workspace;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Deletes a tree whatever its permissions say and however deep it is; links are removed and not followed. Nothing may run
 * in it meanwhile.
 */
public final class Deletion extends SimpleFileVisitor<Path> {

    /** Deeper directories are moved up first: the walk keeps each one on its way open. */
    private static final int DEEPEST = 100;

    /** Bytes; so are those with a longer path, as Linux takes none of 4096. */
    private static final int LONGEST = 2048;

    private final Path top;
    private boolean again;

    private Deletion(Path top) {
        this.top = top;
    }

    /** Deletes a directory if there is one. Itself stays, empty, where only the owner of its parent may remove it. */
    public static void of(Path directory) throws IOException {
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        open(directory);
        Deletion deletion = new Deletion(directory);
        do {
            deletion.again = false;
            Files.walkFileTree(directory, deletion);
        } while (deletion.again);
    }

    /** A directory's own permissions decide whether its entries can be read, and are needed before the walk enters it. */
    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) throws IOException {
        if (directory.getNameCount() - top.getNameCount() > DEEPEST
                || directory.toString().getBytes(UTF_8).length > LONGEST) {
            Files.move(directory, top.resolve(".deeper-" + UUID.randomUUID()));
            again = true;
            return FileVisitResult.SKIP_SUBTREE;
        }
        try (var entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                    open(entry);
                }
            }
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        Files.delete(file);
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure) throws IOException {
        if (failure != null) {
            throw failure;
        }
        if (!directory.equals(top)) {
            Files.delete(directory);
        } else if (!again) {
            deleteTop();
        }
        return FileVisitResult.CONTINUE;
    }

    private void deleteTop() throws IOException {
        try {
            Files.delete(top);
        } catch (AccessDeniedException e) {
            // The agent's to remove, now that nothing is left in it.
        }
    }

    private static void open(Path directory) throws IOException {
        if (!(Files.isReadable(directory) && Files.isWritable(directory) && Files.isExecutable(directory))) {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        }
    }
}
