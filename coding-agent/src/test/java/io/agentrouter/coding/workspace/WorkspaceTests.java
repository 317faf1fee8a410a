package io.agentrouter.coding.workspace;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Tests with a workspace of their own. */
public abstract class WorkspaceTests {

    @TempDir
    protected Path temp;

    protected Workspaces workspaces;
    protected Workspace workspace;

    @BeforeEach
    void makeWorkspace() throws IOException {
        workspaces = new Workspaces(temp.resolve("w"), false);
        workspace = workspaces.create();
    }

    @AfterEach
    void removeWorkspace() throws IOException {
        workspaces.remove(workspace);
        workspaces.close();
    }

    /** Where a file of the workspace lies, as a command sees it. */
    protected Path inside(String name) {
        return temp.resolve("w").resolve(workspace.name()).resolve(name);
    }

    protected String read(String path) throws IOException {
        return new String(workspace.files().read(WorkspacePath.parse(path), 1000), UTF_8);
    }

    protected void write(String path, String content) throws IOException {
        workspace.files().write(WorkspacePath.parse(path), content.getBytes(UTF_8));
    }

    protected void writeExecutable(String path, String content) throws IOException {
        workspace.files().write(WorkspacePath.parse(path), new ByteArrayInputStream(content.getBytes(UTF_8)), true);
    }
}
