package io.agentrouter.coding.diff;

import io.agentrouter.coding.diff.Snapshot.FileState;
import io.agentrouter.coding.workspace.WorkspaceFiles;
import io.agentrouter.coding.workspace.WorkspacePath;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which files differ between two snapshots.
 *
 * @param renamed from the new path to the old one, content unchanged
 */
record Changes(
        SortedSet<WorkspacePath> changed,
        SortedSet<WorkspacePath> added,
        SortedSet<WorkspacePath> deleted,
        SortedMap<WorkspacePath, WorkspacePath> renamed) {

    static Changes between(Snapshot before, Snapshot after, WorkspaceFiles now) {
        Changes changes = new Changes(new TreeSet<>(), new TreeSet<>(), new TreeSet<>(), new TreeMap<>());
        after.files().forEach((path, state) -> {
            FileState old = before.files().get(path);
            if (old == null) {
                changes.added.add(path);
            } else if (!old.sameContent(state) || old.executable() != state.executable()) {
                changes.changed.add(path);
            }
        });
        for (WorkspacePath path : before.files().keySet()) {
            if (!after.files().containsKey(path) && !now.exists(path)) {
                changes.deleted.add(path);
            }
        }
        changes.pair(before, after);
        return changes;
    }

    /** A file that went and one of the same content that came are one file that moved. */
    private void pair(Snapshot before, Snapshot after) {
        Map<String, WorkspacePath> gone = new HashMap<>();
        for (WorkspacePath path : deleted) {
            FileState state = before.files().get(path);
            if (state != null && state.size() > 0 && state.whole()) {
                gone.putIfAbsent(state.sha256(), path);
            }
        }
        for (WorkspacePath path : new TreeSet<>(added)) {
            FileState state = after.files().get(path);
            WorkspacePath old = state == null || !state.whole() ? null : gone.remove(state.sha256());
            if (old != null) {
                renamed.put(path, old);
                added.remove(path);
                deleted.remove(old);
            }
        }
    }
}
