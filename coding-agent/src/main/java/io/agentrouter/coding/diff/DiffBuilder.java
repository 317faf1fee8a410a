package io.agentrouter.coding.diff;

import io.agentrouter.coding.diff.Snapshot.FileState;
import io.agentrouter.coding.workspace.WorkspacePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects the parts of a patch, and names what it cannot show. */
final class DiffBuilder {

    private static final int MAX_NAMED = 50;

    private final DiffLimits limits;
    private final Content before;
    private final Content after;
    private final long end;
    private final StringBuilder patch = new StringBuilder();
    private final List<String> notShown = new ArrayList<>();

    DiffBuilder(DiffLimits limits, Content before, Content after) {
        this.limits = limits;
        this.before = before;
        this.after = after;
        this.end = System.nanoTime() + limits.maxTime().toNanos();
    }

    /** One version of every file, up to the size that is shown. */
    interface Content {
        byte[] of(WorkspacePath path) throws IOException;
    }

    void added(WorkspacePath path, FileState now) {
        show(path, "new", lines(after, path, now), lines -> GitPatch.added(path, now.executable(), lines));
    }

    void deleted(WorkspacePath path, FileState was) {
        show(path, "deleted", lines(before, path, was), lines -> GitPatch.deleted(path, was.executable(), lines));
    }

    void renamed(WorkspacePath from, WorkspacePath to, FileState was, FileState now) {
        append(to, GitPatch.renamed(from, to, was.executable(), now.executable()));
    }

    void changed(WorkspacePath path, FileState was, FileState now) {
        if (was.sameContent(now)) {
            append(path, GitPatch.mode(path, was.executable(), now.executable()));
            return;
        }
        Optional<List<String>> old = lines(before, path, was);
        show(
                path,
                "changed",
                old.isEmpty() ? old : lines(after, path, now),
                lines -> GitPatch.changed(path, was.executable(), now.executable(), old.orElseThrow(), lines));
    }

    void notShown(WorkspacePath path, String why) {
        if (notShown.size() < MAX_NAMED) {
            notShown.add(WorkspacePath.quoted(path.toString()) + " (" + why + ")");
        } else if (notShown.size() == MAX_NAMED) {
            notShown.add("and more");
        }
    }

    DiffReport report(boolean complete) {
        if (!complete) {
            notShown.add("and perhaps more: there is more in the workspace than is looked at");
        }
        return new DiffReport(patch.toString(), notShown);
    }

    private interface Part {
        String of(List<String> lines);
    }

    private void show(WorkspacePath path, String what, Optional<List<String>> lines, Part part) {
        if (lines.isEmpty()) {
            notShown(path, what + ", binary or too large to show");
        } else if (System.nanoTime() > end) {
            notShown(path, what + ", but there was no time left to compare it");
        } else {
            append(path, part.of(lines.get()));
        }
    }

    private void append(WorkspacePath path, String part) {
        if (patch.length() + part.length() > limits.maxSize().toBytes()) {
            notShown(path, "changed, but the diff would be too large");
        } else {
            patch.append(part);
        }
    }

    private Optional<List<String>> lines(Content content, WorkspacePath path, FileState state) {
        if (state.size() > limits.maxFile().toBytes()) {
            return Optional.empty();
        }
        try {
            return Text.lines(content.of(path)).filter(lines -> lines.size() <= limits.maxLines());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
