package io.agentrouter.coding.workspace;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;

/**
 * A place in a workspace, as the names that lead to it from the workspace's own directory. It cannot say "up" or
 * "from the root of the disk", so whoever holds one holds a place inside.
 *
 * @param names possibly none: the workspace itself
 */
public record WorkspacePath(List<String> names) implements Comparable<WorkspacePath> {

    public static final WorkspacePath ROOT = new WorkspacePath(List.of());

    /** Deeper than any project is; every level costs an open directory while it is walked. */
    public static final int MAX_DEPTH = 64;

    private static final int MAX_NAME_BYTES = 255;

    /** Where the sandbox shows the workspace, so that a model may repeat a path that a command printed. */
    private static final String MOUNT = "/workspace";

    public WorkspacePath {
        names = List.copyOf(names);
    }

    /**
     * Reads a path as people and models write it: {@code src/main.py}, {@code ./src}, {@code .}, {@code /workspace/src}.
     *
     * @throws WorkspaceException if it leaves the workspace or no file can have that name
     */
    public static WorkspacePath parse(String text) throws WorkspaceException {
        String relative = text.equals(MOUNT) || text.startsWith(MOUNT + "/") ? text.substring(MOUNT.length()) : text;
        if (relative.equals(text) && text.startsWith("/")) {
            throw new WorkspaceException(
                    "The path " + quoted(text) + " is absolute: name it from the workspace's root.");
        }
        List<String> names = new ArrayList<>();
        for (String name : relative.split("/", -1)) {
            if (!name.isEmpty() && !name.equals(".")) {
                names.add(checked(name, text));
            }
        }
        if (names.size() > MAX_DEPTH) {
            throw new WorkspaceException("The path is deeper than " + MAX_DEPTH + " directories.");
        }
        return new WorkspacePath(names);
    }

    private static String checked(String name, String path) throws WorkspaceException {
        if (name.equals("..")) {
            throw new WorkspaceException("The path " + quoted(path) + " has a \"..\": it would leave the workspace.");
        }
        if (name.chars().anyMatch(Character::isISOControl)) {
            throw new WorkspaceException("The path " + quoted(path) + " has a control character in it.");
        }
        if (name.getBytes(UTF_8).length > MAX_NAME_BYTES) {
            throw new WorkspaceException("A name in the path is longer than " + MAX_NAME_BYTES + " bytes.");
        }
        return name;
    }

    /** A path fit for a sentence: short, and without control characters. */
    public static String quoted(String path) {
        String shown = path.codePointCount(0, path.length()) > 120
                ? path.substring(0, path.offsetByCodePoints(0, 120)) + "…"
                : path;
        StringBuilder text = new StringBuilder("\"");
        shown.chars().forEach(c -> text.append(Character.isISOControl(c) ? '?' : (char) c));
        return text.append('"').toString();
    }

    public boolean isRoot() {
        return names.isEmpty();
    }

    /** The last name. Not for the root. */
    public String name() {
        return names.getLast();
    }

    /** Where it lies. Not for the root. */
    public WorkspacePath parent() {
        return new WorkspacePath(names.subList(0, names.size() - 1));
    }

    /** A name that the file system gave, whatever is in it. */
    WorkspacePath child(String name) {
        List<String> longer = new ArrayList<>(names);
        longer.add(name);
        return new WorkspacePath(longer);
    }

    @Override
    public int compareTo(WorkspacePath other) {
        return toString().compareTo(other.toString());
    }

    /** With slashes; {@code .} for the root. */
    @Override
    public String toString() {
        return isRoot() ? "." : String.join("/", names);
    }
}
