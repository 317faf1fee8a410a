package io.agentrouter.coding.workspace;

import io.agentrouter.coding.workspace.Entry.Kind;
import io.agentrouter.coding.workspace.WorkspaceFiles.Visitor;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.util.List;

/** One bounded pass over a tree. */
final class Walk {

    private final Visitor visitor;
    private int left;
    private boolean complete = true;

    Walk(int limit, Visitor visitor) {
        this.left = limit;
        this.visitor = visitor;
    }

    /** Whether nothing was left out. */
    boolean walk(SecureDirectoryStream<Path> open, WorkspacePath directory) throws IOException {
        List<Entry> entries = WorkspaceFiles.entries(open, directory, left + 1);
        for (Entry entry : entries) {
            if (left == 0) {
                complete = false;
                break;
            }
            left--;
            visitor.visit(entry);
            if (entry.kind() == Kind.DIRECTORY && visitor.enters(entry)) {
                descend(open, entry);
            }
        }
        return complete;
    }

    private void descend(SecureDirectoryStream<Path> open, Entry entry) throws IOException {
        if (entry.path().names().size() > WorkspacePath.MAX_DEPTH) {
            complete = false;
            return;
        }
        SecureDirectoryStream<Path> below;
        try {
            below = Directories.open(open, Path.of(entry.path().name()));
        } catch (IOException e) {
            complete = false;
            return;
        }
        try (below) {
            walk(below, entry.path());
        }
    }
}
