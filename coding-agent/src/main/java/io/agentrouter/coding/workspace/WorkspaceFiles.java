package io.agentrouter.coding.workspace;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.READ;

import io.agentrouter.coding.workspace.Entry.Kind;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.AccessDeniedException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The files of a workspace. Every operation starts at the workspace's own open handle and walks down name by name,
 * following no link, so that code which changes the workspace meanwhile cannot lead the agent to a file of its own.
 * All of it blocks: call it on the scheduler for files. Failures are {@link WorkspaceException}s with a sentence.
 */
public final class WorkspaceFiles implements Closeable {

    private final SecureDirectoryStream<Path> root;
    private final Staging staging;

    WorkspaceFiles(SecureDirectoryStream<Path> root, Staging staging) {
        this.root = root;
        this.staging = staging;
    }

    /** What stands at a path. */
    public Entry entry(WorkspacePath path) throws IOException {
        if (path.isRoot()) {
            return new Entry(path, Kind.DIRECTORY, 0, false);
        }
        return inWords(path, () -> {
            try (var parent = open(path.parent())) {
                return Directories.entry(parent, Path.of(path.name()), path);
            }
        });
    }

    /** Up to {@code limit} entries of a directory, in the order of their names. */
    public List<Entry> list(WorkspacePath directory, int limit) throws IOException {
        return inWords(directory, () -> {
            try (var open = open(directory)) {
                return entries(open, directory, limit);
            }
        });
    }

    /** Opens a regular file. */
    public InputStream read(WorkspacePath path) throws IOException {
        if (entry(path).kind() != Kind.FILE) {
            throw new WorkspaceException(path + " is not a regular file. Links are not followed.");
        }
        return inWords(path, () -> {
            try (var parent = open(path.parent())) {
                return Channels.newInputStream(
                        parent.newByteChannel(Path.of(path.name()), Set.of(READ, NOFOLLOW_LINKS)));
            }
        });
    }

    /** Reads a regular file of at most {@code limit} bytes. */
    public byte[] read(WorkspacePath path, int limit) throws IOException {
        try (InputStream in = read(path)) {
            byte[] content = in.readNBytes(limit + 1);
            if (content.length > limit) {
                throw new WorkspaceException(path + " is larger than " + limit + " bytes.");
            }
            return content;
        }
    }

    /** Writes a file, replacing one that is there, and makes the directories that lead to it. */
    public void write(WorkspacePath path, InputStream content, boolean executable) throws IOException {
        if (path.isRoot()) {
            throw new WorkspaceException("A file needs a name.");
        }
        inWords(path, () -> {
            try (var parent = openOrCreate(path.parent())) {
                staging.moveFile(content, executable, parent, Path.of(path.name()));
                return path;
            }
        });
    }

    /** As {@link #write(WorkspacePath, InputStream, boolean)}, keeping the executable bit of a file that is there. */
    public void write(WorkspacePath path, byte[] content) throws IOException {
        boolean executable = exists(path) && entry(path).executable();
        write(path, new ByteArrayInputStream(content), executable);
    }

    public void createDirectories(WorkspacePath directory) throws IOException {
        inWords(directory, () -> {
            openOrCreate(directory).close();
            return directory;
        });
    }

    public boolean exists(WorkspacePath path) {
        try {
            entry(path);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Visits everything below a directory, each directory before what is in it, in the order of names.
     *
     * @param limit most entries to look at
     * @return whether nothing was left out for the limit, for depth or for permissions
     */
    public boolean walk(WorkspacePath start, int limit, Visitor visitor) throws IOException {
        return inWords(start, () -> {
            try (var open = open(start)) {
                return new Walk(limit, visitor).walk(open, start);
            }
        });
    }

    /** Sees each entry of a walk. */
    public interface Visitor {

        void visit(Entry entry) throws IOException;

        /** Whether to go into a directory. */
        default boolean enters(Entry directory) {
            return true;
        }
    }

    static List<Entry> entries(SecureDirectoryStream<Path> open, WorkspacePath directory, int limit)
            throws IOException {
        List<Entry> entries = new ArrayList<>();
        for (Path name : Directories.names(open, limit)) {
            try {
                entries.add(Directories.entry(open, name, directory.child(name.toString())));
            } catch (NoSuchFileException e) {
                // gone meanwhile
            }
        }
        entries.sort((a, b) -> a.path().compareTo(b.path()));
        return entries;
    }

    private SecureDirectoryStream<Path> open(WorkspacePath directory) throws IOException {
        SecureDirectoryStream<Path> at = Directories.reopen(root);
        for (String name : directory.names()) {
            try (var parent = at) {
                at = Directories.open(parent, Path.of(name));
            }
        }
        return at;
    }

    private SecureDirectoryStream<Path> openOrCreate(WorkspacePath directory) throws IOException {
        SecureDirectoryStream<Path> at = Directories.reopen(root);
        for (String name : directory.names()) {
            try (var parent = at) {
                at = openOrCreate(parent, Path.of(name));
            }
        }
        return at;
    }

    private SecureDirectoryStream<Path> openOrCreate(SecureDirectoryStream<Path> parent, Path name) throws IOException {
        try {
            return Directories.open(parent, name);
        } catch (NoSuchFileException e) {
            staging.moveDirectory(parent, name);
            return Directories.open(parent, name);
        }
    }

    private static <T> T inWords(WorkspacePath path, Operation<T> operation) throws IOException {
        try {
            return operation.run();
        } catch (WorkspaceException | DiskFullException e) {
            throw e;
        } catch (NoSuchFileException e) {
            throw new WorkspaceException("There is no " + path + ".");
        } catch (NotDirectoryException e) {
            throw new WorkspaceException(path + " leads through what is no directory. Links are not followed.");
        } catch (AccessDeniedException e) {
            throw new WorkspaceException(path + " may not be opened: its owner or mode forbids it.");
        } catch (IOException | InvalidPathException e) {
            if (e instanceof IOException io && DiskFullException.isMeantBy(io)) {
                throw new DiskFullException();
            }
            throw new WorkspaceException(path + " cannot be used: it is a link or a directory.");
        }
    }

    private interface Operation<T> {
        T run() throws IOException;
    }

    @Override
    public void close() throws IOException {
        try (staging) {
            root.close();
        }
    }
}
