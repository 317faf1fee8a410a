package io.agentrouter.coding.diff;

import io.agentrouter.coding.workspace.Entry;
import io.agentrouter.coding.workspace.Entry.Kind;
import io.agentrouter.coding.workspace.WorkspaceFiles;
import io.agentrouter.coding.workspace.WorkspacePath;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * A workspace's files at one moment.
 *
 * @param files regular files that could be read
 * @param unreadable what else is there: links, pipes, what another user keeps to itself
 * @param generated directories that builds make, not looked into
 * @param complete whether the limits let everything be looked at
 */
record Snapshot(
        SortedMap<WorkspacePath, FileState> files,
        SortedSet<WorkspacePath> unreadable,
        SortedSet<WorkspacePath> generated,
        boolean complete) {

    /**
     * What makes a file the same file: of a huge one, its size and first part.
     *
     * @param whole whether all of it was looked at
     */
    record FileState(long size, String sha256, boolean whole, boolean executable) {

        boolean sameContent(FileState other) {
            return size == other.size && sha256.equals(other.sha256);
        }
    }

    private static final long HASHED = 16 << 20;

    private static final Set<String> GENERATED = Set.of(
            ".git",
            "__pycache__",
            ".pytest_cache",
            ".mypy_cache",
            ".ruff_cache",
            ".tox",
            ".venv",
            "node_modules",
            ".npm",
            "target",
            "build",
            "dist",
            ".gradle",
            ".m2",
            ".cache",
            ".config",
            ".local");

    /** Looks at every file, as a workspace comes in. */
    static Snapshot first(WorkspaceFiles files, DiffLimits limits) throws IOException {
        return take(files, limits, directory -> true);
    }

    /** Looks at every file again; where builds write, only if something was there before. */
    Snapshot next(WorkspaceFiles files, DiffLimits limits) throws IOException {
        return take(files, limits, directoriesOf(this.files.keySet())::contains);
    }

    private static Snapshot take(WorkspaceFiles files, DiffLimits limits, Predicate<WorkspacePath> known)
            throws IOException {
        Taker taker = new Taker(files, limits.maxScanned().toBytes(), known);
        boolean complete = files.walk(WorkspacePath.ROOT, limits.maxEntries(), taker);
        return new Snapshot(taker.states, taker.unreadable, taker.generated, complete && taker.left > 0);
    }

    private static Set<WorkspacePath> directoriesOf(Set<WorkspacePath> files) {
        Set<WorkspacePath> directories = new TreeSet<>();
        for (WorkspacePath file : files) {
            for (WorkspacePath at = file; !at.isRoot() && directories.add(at.parent()); at = at.parent()) {}
        }
        return directories;
    }

    private static final class Taker implements WorkspaceFiles.Visitor {

        private final WorkspaceFiles files;
        private final Predicate<WorkspacePath> known;
        private final SortedMap<WorkspacePath, FileState> states = new TreeMap<>();
        private final SortedSet<WorkspacePath> unreadable = new TreeSet<>();
        private final SortedSet<WorkspacePath> generated = new TreeSet<>();
        private long left;

        Taker(WorkspaceFiles files, long left, Predicate<WorkspacePath> known) {
            this.files = files;
            this.left = left;
            this.known = known;
        }

        @Override
        public boolean enters(Entry directory) {
            if (GENERATED.contains(directory.path().name()) && !known.test(directory.path())) {
                generated.add(directory.path());
                return false;
            }
            return true;
        }

        @Override
        public void visit(Entry entry) {
            if (entry.kind() == Kind.FILE) {
                file(entry);
            } else if (entry.kind() != Kind.DIRECTORY) {
                unreadable.add(entry.path());
            }
        }

        private void file(Entry entry) {
            try (InputStream in = files.read(entry.path())) {
                states.put(entry.path(), state(entry, in));
            } catch (IOException e) {
                unreadable.add(entry.path());
            }
        }

        private FileState state(Entry entry, InputStream in) throws IOException {
            MessageDigest digest = sha256();
            byte[] buffer = new byte[16 << 10];
            long most = Math.min(HASHED, left);
            long read = 0;
            for (int count = 0; count >= 0 && read < most; read += Math.max(count, 0)) {
                count = in.read(buffer);
                digest.update(buffer, 0, Math.max(count, 0));
            }
            left -= read;
            String sha256 = HexFormat.of().formatHex(digest.digest());
            return new FileState(entry.size(), sha256, read == entry.size(), entry.executable());
        }

        private static MessageDigest sha256() {
            try {
                return MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
