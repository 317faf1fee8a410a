package io.agentrouter.coding.workspace;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes and removes workspaces, side by side in one directory. Beside them stands {@code .agent}, which only the agent may
 * enter, for what is on its way in, the files as they came, and what is on its way out.
 *
 * <p>In a pod, commands may rename the whole directory, as they may write to the volume that it lies in. So everything is
 * reached through handles that are opened once. Only to make a directory Java takes a path: one that was led astray makes
 * an empty directory elsewhere, and is then not found by its handle.
 */
public final class Workspaces implements Closeable {

    private static final Logger log = LoggerFactory.getLogger(Workspaces.class);
    private static final Path PRIVATE = Path.of(".agent");
    private static final Path LOCK = Path.of("lock");
    private static final Path WORKSPACE = Path.of("workspace");

    private final Path directory;
    private final Path ownPath;
    private final Sharing sharing;
    private final SecureDirectoryStream<Path> root;
    private final SecureDirectoryStream<Path> own;
    private final FileChannel lock;
    private final List<String> leftOvers;

    /**
     * Takes a directory into use, and removes what an earlier process left in it; where the directory is shared, what is left
     * is only known, since the sandbox has to empty it first.
     *
     * @param shared whether the sandbox is another user of the same group
     * @throws IOException a sentence that names the configuration's key, if the directory cannot serve
     */
    public Workspaces(Path directory, boolean shared) throws IOException {
        this.directory = directory;
        this.ownPath = directory.resolve(PRIVATE);
        this.sharing = shared ? Sharing.GROUP : Sharing.OWNER;
        this.root = Root.open(directory, sharing);
        this.own = Root.openPrivate(directory, root, PRIVATE);
        this.lock = lock();
        Set<Path> found = findLeftOvers();
        if (shared) {
            this.leftOvers = found.stream().map(Path::toString).toList();
        } else {
            this.leftOvers = List.of();
            found.forEach(this::discard);
        }
    }

    /**
     * Makes an empty workspace under a name that cannot be guessed.
     *
     * @throws IOException if it cannot be made, as on a full disk; nothing of it is left then
     */
    public Workspace create() throws IOException {
        Path name = Path.of(UUID.randomUUID().toString());
        try {
            return create(name, makeOwn(name));
        } catch (IOException e) {
            discard(name);
            throw DiskFullException.isMeantBy(e) ? new DiskFullException() : e;
        }
    }

    private Workspace create(Path name, SecureDirectoryStream<Path> mine) throws IOException {
        try {
            Staging staging = new Staging(ownPath.resolve(name), mine, sharing);
            staging.moveDirectory(root, name);
            WorkspaceFiles files = new WorkspaceFiles(Directories.open(root, name), staging);
            return new Workspace(name.toString(), files, new Originals(mine));
        } catch (IOException e) {
            mine.close();
            throw e;
        }
    }

    private SecureDirectoryStream<Path> makeOwn(Path name) throws IOException {
        Files.createDirectory(ownPath.resolve(name));
        return Directories.open(own, name);
    }

    /** Removes a workspace and all that belongs to it; what cannot be removed is logged and tried again at the next start. */
    public void remove(Workspace workspace) {
        try {
            workspace.files().close();
        } catch (IOException e) {
            log.warn("The workspace {} was not closed: {}", workspace.name(), e.toString());
        }
        discard(Path.of(workspace.name()));
    }

    /** Names of what an earlier process left in a shared directory. */
    public List<String> leftOvers() {
        return leftOvers;
    }

    /** Removes one of them. */
    public void removeLeftOver(String name) {
        discard(Path.of(name));
    }

    private Set<Path> findLeftOvers() throws IOException {
        Set<Path> names = new TreeSet<>(namesIn(own));
        names.addAll(namesIn(root));
        names.removeAll(Set.of(LOCK, PRIVATE));
        return names;
    }

    private static List<Path> namesIn(SecureDirectoryStream<Path> directory) throws IOException {
        try (var fresh = Directories.reopen(directory)) {
            return Directories.names(fresh, Integer.MAX_VALUE);
        }
    }

    /** Out of the sandbox's reach first, into the private directory of the same name, then away. */
    private void discard(Path name) {
        try (var open = exists(own, name) ? Directories.open(own, name) : makeOwn(name)) {
            if (exists(root, name)) {
                unlock(directory.resolve(name));
                root.move(name, open, WORKSPACE);
            }
            new Removal(open).empty();
            own.deleteDirectory(name);
        } catch (IOException e) {
            log.warn(
                    "Not all of {} was removed from coding.workspaces; the next start tries again: {}",
                    name,
                    e.toString());
        }
    }

    private static boolean exists(SecureDirectoryStream<Path> directory, Path name) {
        try {
            Directories.attributes(directory, name);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Where the sandbox is the same user, a command may have locked its workspace; by path, since a handle cannot be had. */
    private void unlock(Path path) throws IOException {
        if (sharing == Sharing.OWNER && Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            Set<PosixFilePermission> permissions = new HashSet<>(Files.getPosixFilePermissions(path));
            if (permissions.addAll(PosixFilePermissions.fromString("rwx------"))) {
                Files.setPosixFilePermissions(path, permissions);
            }
        }
    }

    private FileChannel lock() throws IOException {
        var file = own.newByteChannel(LOCK, Set.of(CREATE, WRITE, LinkOption.NOFOLLOW_LINKS));
        try {
            if (file instanceof FileChannel channel && channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            // the same process holds it
        }
        file.close();
        throw new IOException("coding.workspaces: another agent holds " + ownPath + ".");
    }

    @Override
    public void close() throws IOException {
        try (lock;
                root) {
            own.close();
        }
    }
}
