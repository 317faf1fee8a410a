package io.agentrouter.coding.workspace;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes and removes workspaces, side by side in one directory. Beside them stands {@code .agent}, which only the agent may
 * enter, for what is on its way in, the files as they came, and what is on its way out.
 */
public final class Workspaces implements Closeable {

    private static final Logger log = LoggerFactory.getLogger(Workspaces.class);
    private static final String PRIVATE = ".agent";
    private static final String LOCK = "lock";

    private final Path directory;
    private final Path own;
    private final Sharing sharing;
    private final SecureDirectoryStream<Path> handle;
    private final FileChannel lock;

    /**
     * Takes a directory into use, and removes what an earlier process left in it.
     *
     * @param shared whether the sandbox is another user of the same group
     * @throws IOException a sentence that names the configuration's key, if the directory cannot serve
     */
    public Workspaces(Path directory, boolean shared) throws IOException {
        this.directory = directory;
        this.own = directory.resolve(PRIVATE);
        this.sharing = shared ? Sharing.GROUP : Sharing.OWNER;
        createDirectory(directory, shared ? "rwxr-x---" : "rwx------");
        requireSafe(directory);
        createDirectory(own, "rwx------");
        this.lock = lock(own);
        this.handle = Directories.open(directory);
        removeLeftOvers();
    }

    /** Makes an empty workspace under a name that cannot be guessed. */
    public Workspace create() throws IOException {
        String name = UUID.randomUUID().toString();
        Path mine = Files.createDirectory(own.resolve(name));
        Path originals = Files.createDirectory(mine.resolve("originals"));
        Staging staging = new Staging(mine, sharing);
        staging.moveDirectory(handle, Path.of(name));
        return new Workspace(name, new WorkspaceFiles(Directories.open(handle, Path.of(name)), staging), originals);
    }

    /** Removes a workspace and all that belongs to it; what cannot be removed is logged and tried again at the next start. */
    public void remove(Workspace workspace) {
        try {
            workspace.files().close();
        } catch (IOException e) {
            log.warn("The workspace {} was not closed: {}", workspace.name(), e.toString());
        }
        discard(directory, workspace.name());
        discard(own, workspace.name());
    }

    private void removeLeftOvers() throws IOException {
        removeAllBut(LOCK, own);
        removeAllBut(PRIVATE, directory);
    }

    private void removeAllBut(String kept, Path from) throws IOException {
        try (var open = Directories.open(from)) {
            for (Path name : Directories.names(open, Integer.MAX_VALUE)) {
                if (!name.toString().equals(kept)) {
                    discard(from, name.toString());
                }
            }
        }
    }

    /** Out of the sandbox's reach first, then away. */
    private void discard(Path from, String name) {
        try {
            Path trash = Files.createDirectory(own.resolve("trash-" + UUID.randomUUID()));
            unlock(from.resolve(name));
            Files.move(from.resolve(name), trash.resolve(name));
            try (var open = Directories.open(trash)) {
                if (!new Removal(open).empty()) {
                    throw new IOException("some of it belongs to another user");
                }
            }
            Files.delete(trash);
        } catch (IOException e) {
            log.warn(
                    "Not all of {} was removed from coding.workspaces; the next start tries again: {}",
                    name,
                    e.toString());
        }
    }

    /** Only the agent may put names into the two directories that this is asked for, so this is no link. */
    private static void unlock(Path path) throws IOException {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            Set<PosixFilePermission> permissions = new HashSet<>(Files.getPosixFilePermissions(path));
            if (permissions.addAll(PosixFilePermissions.fromString("rwx------"))) {
                Files.setPosixFilePermissions(path, permissions);
            }
        }
    }

    private static void createDirectory(Path directory, String permissions) throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(directory.toAbsolutePath().getParent());
            try {
                Files.createDirectory(
                        directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions)));
            } catch (FileAlreadyExistsException e) {
                throw new IOException("coding.workspaces: " + directory + " is not a directory.", e);
            }
        }
    }

    /** Whoever may write here may put a link where the agent's own directory should be. */
    private static void requireSafe(Path directory) throws IOException {
        var permissions = Files.getPosixFilePermissions(directory);
        if (List.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE).stream()
                .anyMatch(permissions::contains)) {
            throw new IOException("coding.workspaces: others may write to " + directory
                    + ". Name a directory in it that does not exist yet; the agent makes it.");
        }
    }

    private static FileChannel lock(Path own) throws IOException {
        FileChannel channel = FileChannel.open(own.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            // the same process holds it
        }
        channel.close();
        throw new IOException("coding.workspaces: another agent holds " + own + ".");
    }

    @Override
    public void close() throws IOException {
        try (lock) {
            handle.close();
        }
    }
}
