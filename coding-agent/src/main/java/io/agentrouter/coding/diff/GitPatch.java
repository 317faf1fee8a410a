package io.agentrouter.coding.diff;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.difflib.UnifiedDiffUtils;
import io.agentrouter.coding.workspace.WorkspacePath;
import java.util.ArrayList;
import java.util.List;

/** One file's part of a patch in git's format (git-diff, "Generating patch text with -p"). */
final class GitPatch {

    private static final int CONTEXT = 3;

    private final StringBuilder text = new StringBuilder();

    private GitPatch() {}

    static String added(WorkspacePath path, boolean executable, List<String> lines) {
        GitPatch patch = new GitPatch();
        patch.line("diff --git " + quoted("a/", path) + " " + quoted("b/", path));
        patch.line("new file mode " + mode(executable));
        patch.hunks("/dev/null", name("b/", path), List.of(), lines);
        return patch.text.toString();
    }

    static String deleted(WorkspacePath path, boolean executable, List<String> lines) {
        GitPatch patch = new GitPatch();
        patch.line("diff --git " + quoted("a/", path) + " " + quoted("b/", path));
        patch.line("deleted file mode " + mode(executable));
        patch.hunks(name("a/", path), "/dev/null", lines, List.of());
        return patch.text.toString();
    }

    static String renamed(WorkspacePath from, WorkspacePath to, boolean wasExecutable, boolean isExecutable) {
        GitPatch patch = new GitPatch();
        patch.line("diff --git " + quoted("a/", from) + " " + quoted("b/", to));
        patch.modes(wasExecutable, isExecutable);
        patch.line("similarity index 100%");
        patch.line("rename from " + quoted("", from));
        patch.line("rename to " + quoted("", to));
        return patch.text.toString();
    }

    /** Only the mode changed. */
    static String mode(WorkspacePath path, boolean wasExecutable, boolean isExecutable) {
        return changed(path, wasExecutable, isExecutable, List.of(), List.of());
    }

    static String changed(
            WorkspacePath path, boolean wasExecutable, boolean isExecutable, List<String> before, List<String> after) {
        GitPatch patch = new GitPatch();
        patch.line("diff --git " + quoted("a/", path) + " " + quoted("b/", path));
        patch.modes(wasExecutable, isExecutable);
        patch.hunks(name("a/", path), name("b/", path), before, after);
        return patch.text.toString();
    }

    private void modes(boolean before, boolean after) {
        if (before != after) {
            line("old mode " + mode(before));
            line("new mode " + mode(after));
        }
    }

    private void hunks(String from, String to, List<String> before, List<String> after) {
        UnifiedDiffUtils.generateUnifiedDiff(from, to, before, LineDiff.of(before, after), CONTEXT)
                .forEach(this::line);
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    private static String mode(boolean executable) {
        return executable ? "100755" : "100644";
    }

    /** After a name with a space in it git wants a tab, to tell the name's end from a date. */
    private static String name(String prefix, WorkspacePath path) {
        String quoted = quoted(prefix, path);
        return quoted.contains(" ") && !quoted.startsWith("\"") ? quoted + "\t" : quoted;
    }

    /** Names that hold a quote, a backslash or a control character are quoted as in C. */
    private static String quoted(String prefix, WorkspacePath path) {
        String name = prefix + path;
        if (name.chars().noneMatch(c -> c == '"' || c == '\\' || Character.isISOControl(c))) {
            return name;
        }
        List<String> characters = new ArrayList<>();
        for (byte b : name.getBytes(UTF_8)) {
            boolean plain = b > 31 && b < 127 && b != '"' && b != '\\';
            characters.add(plain ? String.valueOf((char) b) : "\\%03o".formatted(b & 0xff));
        }
        return "\"" + String.join("", characters) + "\"";
    }
}
