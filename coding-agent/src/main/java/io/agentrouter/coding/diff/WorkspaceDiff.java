package io.agentrouter.coding.diff;

import io.agentrouter.coding.diff.Snapshot.FileState;
import io.agentrouter.coding.workspace.Workspace;
import io.agentrouter.coding.workspace.WorkspacePath;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Knows a workspace as it came in, and says what changed since. The files' first versions lie in the agent's private
 * directory, where the sandbox cannot reach. It blocks.
 */
public final class WorkspaceDiff {

    private final Workspace workspace;
    private final DiffLimits limits;
    private final Snapshot before;
    private final Map<WorkspacePath, Integer> copies = new HashMap<>();

    private WorkspaceDiff(Workspace workspace, DiffLimits limits, Snapshot before) {
        this.workspace = workspace;
        this.limits = limits;
        this.before = before;
    }

    /** Keeps what is in the workspace now. */
    public static WorkspaceDiff from(Workspace workspace, DiffLimits limits) throws IOException {
        WorkspaceDiff diff = new WorkspaceDiff(workspace, limits, Snapshot.first(workspace.files(), limits));
        for (var file : diff.before.files().entrySet()) {
            if (file.getValue().size() <= limits.maxFile().toBytes()) {
                diff.keep(file.getKey());
            }
        }
        return diff;
    }

    private void keep(WorkspacePath path) throws IOException {
        copies.put(path, workspace.originals().keep(workspace.files().read(path, maxFile())));
    }

    /** Compares with what is there now. */
    public DiffReport report() throws IOException {
        Snapshot after = before.next(workspace.files(), limits);
        DiffBuilder builder = new DiffBuilder(limits, this::before, this::after);
        Changes changes = Changes.between(before, after, workspace.files());
        changes.renamed().forEach((to, from) -> builder.renamed(from, to, state(before, from), state(after, to)));
        changes.changed().forEach(path -> builder.changed(path, state(before, path), state(after, path)));
        changes.added().forEach(path -> builder.added(path, state(after, path)));
        changes.deleted().forEach(path -> builder.deleted(path, state(before, path)));
        after.unreadable().forEach(path -> builder.notShown(path, "a link, or not readable"));
        after.generated().forEach(path -> builder.notShown(path, "made by a build"));
        return builder.report(after.complete());
    }

    private static FileState state(Snapshot snapshot, WorkspacePath path) {
        return Objects.requireNonNull(snapshot.files().get(path));
    }

    private byte[] before(WorkspacePath path) throws IOException {
        Integer copy = copies.get(path);
        if (copy == null) {
            throw new IOException("not kept");
        }
        return workspace.originals().read(copy);
    }

    private byte[] after(WorkspacePath path) throws IOException {
        return workspace.files().read(path, maxFile());
    }

    private int maxFile() {
        return (int) limits.maxFile().toBytes();
    }
}
