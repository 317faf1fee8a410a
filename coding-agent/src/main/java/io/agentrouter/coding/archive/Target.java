package io.agentrouter.coding.archive;

import io.agentrouter.coding.workspace.WorkspaceFiles;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** Where entries go: each name checked, each byte counted. */
final class Target {

    private static final String MAC_METADATA = "__MACOSX";

    private final WorkspaceFiles files;
    private final Budget budget;
    private final Names names;
    private final List<String> leftOut = new ArrayList<>();

    Target(WorkspaceFiles files, ArchiveLimits limits) {
        this.files = files;
        this.budget = new Budget(limits);
        this.names = new Names(limits.maxDepth());
    }

    Budget budget() {
        return budget;
    }

    List<String> leftOut() {
        return leftOut;
    }

    void directory(String name) throws IOException {
        budget.entry();
        if (!isMetadata(name)) {
            files.createDirectories(names.directory(name));
        }
    }

    void file(String name, boolean executable, InputStream content) throws IOException {
        budget.entry();
        if (!isMetadata(name)) {
            files.write(names.file(name), new MeteredStream(content, budget::content), executable);
        }
    }

    /** A link, device or the like: its name is checked all the same, so that an attack is refused and not passed over. */
    void leaveOut(String name) throws IOException {
        budget.entry();
        leftOut.add(names.file(name).toString());
    }

    private static boolean isMetadata(String name) {
        return name.equals(MAC_METADATA) || name.startsWith(MAC_METADATA + "/");
    }
}
