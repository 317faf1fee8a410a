package io.agentrouter.coding.workspace;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.List;

/**
 * Empties a private directory. It does not recurse: subdirectories are moved up into the private directory and emptied in
 * turn, so hostile code cannot harm by nesting deeply, and needs no memory for them.
 */
final class Removal {

    /** Names read at a time, so that a directory of millions does not fill the heap. */
    private static final int BATCH = 1_000;

    private final SecureDirectoryStream<Path> trash;
    private IOException failure = new IOException("It changes all the time.");
    private long moved;

    Removal(SecureDirectoryStream<Path> trash) {
        this.trash = trash;
    }

    /** Removes all that can be removed; an error says why something stays, another user's for example. */
    void empty() throws IOException {
        while (true) {
            var names = namesIn(trash);
            boolean progress = false;
            for (Path name : names) {
                progress |= remove(name);
            }
            if (names.isEmpty()) {
                return;
            }
            if (!progress) {
                throw failure;
            }
        }
    }

    private boolean remove(Path name) {
        try {
            if (!Directories.attributes(trash, name).isDirectory()) {
                trash.deleteFile(name);
                return true;
            }
            hollow(name);
            trash.deleteDirectory(name);
            return true;
        } catch (NoSuchFileException | DirectoryNotEmptyException e) {
            return true;
        } catch (IOException e) {
            failure = e;
            return false;
        }
    }

    private void hollow(Path name) throws IOException {
        try (var directory = Directories.open(trash, name)) {
            unlock(directory);
            for (var names = namesIn(directory); !names.isEmpty(); names = namesIn(directory)) {
                for (Path child : names) {
                    takeOut(directory, child);
                }
            }
        }
    }

    private void takeOut(SecureDirectoryStream<Path> directory, Path child) throws IOException {
        if (!Directories.attributes(directory, child).isDirectory()) {
            directory.deleteFile(child);
            return;
        }
        try (var open = Directories.open(directory, child)) {
            unlock(open);
        }
        directory.move(child, trash, Path.of("moved-" + ++moved));
    }

    /** Builds leave directories without write permission, Go's module cache for one. */
    private static void unlock(SecureDirectoryStream<Path> directory) throws IOException {
        var view = directory.getFileAttributeView(PosixFileAttributeView.class);
        var permissions = view.readAttributes().permissions();
        if (!permissions.contains(PosixFilePermission.OWNER_WRITE)
                || !permissions.contains(PosixFilePermission.OWNER_EXECUTE)) {
            view.setPermissions(EnumSet.of(
                    PosixFilePermission.OWNER_READ,
                    PosixFilePermission.OWNER_WRITE,
                    PosixFilePermission.OWNER_EXECUTE));
        }
    }

    private static List<Path> namesIn(SecureDirectoryStream<Path> directory) throws IOException {
        try (var fresh = Directories.reopen(directory)) {
            return Directories.names(fresh, BATCH);
        }
    }
}
