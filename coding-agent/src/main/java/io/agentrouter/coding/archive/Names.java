package io.agentrouter.coding.archive;

import static io.agentrouter.coding.workspace.WorkspacePath.quoted;

import io.agentrouter.coding.workspace.WorkspaceException;
import io.agentrouter.coding.workspace.WorkspacePath;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The names that a client gave so far. No two may be the same file on any common file system: a later entry must not
 * replace what an earlier one was checked for, nor the answer's diff mean another file on the client's machine.
 */
final class Names {

    private static final Pattern WINDOWS = Pattern.compile("\\\\|^[A-Za-z]:");

    private final Map<String, Taken> taken = new HashMap<>();
    private final int maxDepth;

    Names(int maxDepth) {
        this.maxDepth = maxDepth;
    }

    private record Taken(WorkspacePath path, boolean directory) {}

    WorkspacePath file(String name) throws WorkspaceException {
        WorkspacePath path = parse(name);
        if (path.isRoot()) {
            throw new WorkspaceException("A file has the name " + quoted(name) + ", which names no file.");
        }
        parents(path);
        if (taken.putIfAbsent(key(path), new Taken(path, false)) != null) {
            throw new WorkspaceException("Two entries have the name " + quoted(name) + ", if case is left aside.");
        }
        return path;
    }

    WorkspacePath directory(String name) throws WorkspaceException {
        WorkspacePath path = parse(name);
        parents(path);
        takeDirectory(path);
        return path;
    }

    private WorkspacePath parse(String name) throws WorkspaceException {
        if (WINDOWS.matcher(name).find()) {
            throw new WorkspaceException("The name " + quoted(name) + " is a Windows path: use / between names.");
        }
        if (name.startsWith("/")) {
            throw new WorkspaceException("The name " + quoted(name) + " is absolute.");
        }
        WorkspacePath path = WorkspacePath.parse(name);
        if (path.names().size() > maxDepth + 1) {
            throw new WorkspaceException("The name " + quoted(name) + " is deeper than " + maxDepth + " directories.");
        }
        return path;
    }

    private void parents(WorkspacePath path) throws WorkspaceException {
        List<String> names = path.names();
        for (int depth = 1; depth < names.size(); depth++) {
            takeDirectory(new WorkspacePath(names.subList(0, depth)));
        }
    }

    private void takeDirectory(WorkspacePath path) throws WorkspaceException {
        Taken before = taken.putIfAbsent(key(path), new Taken(path, true));
        if (before != null && !(before.directory() && before.path().equals(path))) {
            throw new WorkspaceException("The directory " + quoted(path.toString()) + " and "
                    + quoted(before.path().toString()) + " have one name, if case is left aside.");
        }
    }

    private static String key(WorkspacePath path) {
        return Normalizer.normalize(path.toString(), Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    }
}
