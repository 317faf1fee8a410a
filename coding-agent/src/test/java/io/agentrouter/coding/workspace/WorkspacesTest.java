package io.agentrouter.coding.workspace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspacesTest {

    @TempDir
    private Path temp;

    @Test
    void workspace_isForItsOwnerOnly() throws IOException {
        try (Workspaces workspaces = new Workspaces(temp.resolve("w"), false)) {
            Workspace workspace = workspaces.create();
            workspace.files().write(WorkspacePath.parse("a/b"), "x".getBytes(UTF_8));

            assertThat(modes(temp.resolve("w"))).isEqualTo("rwx------");
            assertThat(modes(on(workspace, ""))).isEqualTo("rwx------");
            assertThat(modes(on(workspace, "a"))).isEqualTo("rwx------");
            assertThat(modes(on(workspace, "a/b"))).isEqualTo("rw-------");
        }
    }

    @Test
    void sharedWorkspace_isOpenToTheGroupAndKeepsItOpen() throws IOException {
        try (Workspaces workspaces = new Workspaces(temp.resolve("w"), true)) {
            Workspace workspace = workspaces.create();
            workspace.files().write(WorkspacePath.parse("a/b"), "x".getBytes(UTF_8));

            assertThat(modes(temp.resolve("w"))).isEqualTo("rwxr-x---");
            assertThat(modes(temp.resolve("w/.agent"))).isEqualTo("rwx------");
            assertThat((int) Files.getAttribute(on(workspace, ""), "unix:mode") & 07777)
                    .isEqualTo(02770);
            assertThat((int) Files.getAttribute(on(workspace, "a"), "unix:mode") & 07777)
                    .isEqualTo(02770);
            assertThat(modes(on(workspace, "a/b"))).isEqualTo("rw-rw----");
        }
    }

    @Test
    void removedWorkspace_leavesNothing() throws IOException {
        try (Workspaces workspaces = new Workspaces(temp.resolve("w"), false)) {
            Workspace workspace = workspaces.create();
            workspace.files().write(WorkspacePath.parse("a/b/c/d"), "x".getBytes(UTF_8));
            Path outside = Files.writeString(temp.resolve("outside"), "kept");
            Files.createSymbolicLink(on(workspace, "link"), outside);
            Files.createSymbolicLink(on(workspace, "a/up"), temp);
            Files.setPosixFilePermissions(on(workspace, "a/b"), PosixFilePermissions.fromString("r-x------"));

            workspaces.remove(workspace);

            assertThat(leftIn(temp.resolve("w"))).containsExactly(".agent");
            assertThat(leftIn(temp.resolve("w/.agent"))).containsExactly("lock");
            assertThat(outside).hasContent("kept");
        }
    }

    @Test
    void workspaceThatBecameALink_isRemovedAndItsTargetLeftAsItWas() throws IOException {
        try (Workspaces workspaces = new Workspaces(temp.resolve("w"), false)) {
            Workspace workspace = workspaces.create();
            Path target = Files.createDirectory(temp.resolve("target"));
            Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("r-x------"));
            Files.delete(temp.resolve("w").resolve(workspace.name()));
            Files.createSymbolicLink(temp.resolve("w").resolve(workspace.name()), target);

            workspaces.remove(workspace);

            assertThat(leftIn(temp.resolve("w"))).containsExactly(".agent");
            assertThat(modes(target)).isEqualTo("r-x------");
        }
    }

    @Test
    void deeplyNestedDirectories_areRemovedToo() throws IOException, InterruptedException {
        try (Workspaces workspaces = new Workspaces(temp.resolve("w"), false)) {
            Workspace workspace = workspaces.create();
            nest(on(workspace, ""), 3000);

            workspaces.remove(workspace);

            assertThat(leftIn(temp.resolve("w/.agent"))).containsExactly("lock");
        }
    }

    @Test
    void leftOversOfACrash_areRemovedAtTheNextStart() throws IOException {
        Workspaces crashed = new Workspaces(temp.resolve("w"), false);
        Workspace workspace = crashed.create();
        workspace.files().write(WorkspacePath.parse("a/b"), "x".getBytes(UTF_8));
        crashed.close();

        new Workspaces(temp.resolve("w"), false).close();

        assertThat(leftIn(temp.resolve("w"))).containsExactly(".agent");
        assertThat(leftIn(temp.resolve("w/.agent"))).containsExactly("lock");
    }

    @Test
    void secondAgentInOneDirectory_isRefused() throws IOException {
        Workspaces first = new Workspaces(temp.resolve("w"), false);

        assertThatThrownBy(() -> new Workspaces(temp.resolve("w"), false))
                .hasMessageContaining("coding.workspaces")
                .hasMessageContaining("another agent");
        first.close();
    }

    @Test
    void linkInItsPlace_isRefused() throws IOException {
        Path link = Files.createSymbolicLink(temp.resolve("w"), Files.createDirectory(temp.resolve("elsewhere")));

        assertThatThrownBy(() -> new Workspaces(link, false)).hasMessageContaining("is not a directory");
    }

    @Test
    void directoryThatOthersMayWriteTo_isRefused() throws IOException {
        Path open = Files.createDirectory(temp.resolve("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));

        assertThatThrownBy(() -> new Workspaces(open, false)).hasMessageContaining("coding.workspaces");
    }

    private Path on(Workspace workspace, String path) {
        return temp.resolve("w").resolve(workspace.name()).resolve(path);
    }

    private static String modes(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static Stream<String> leftIn(Path directory) throws IOException {
        try (var list = Files.list(directory)) {
            return list.map(path -> path.getFileName().toString()).toList().stream();
        }
    }

    private static void nest(Path directory, int depth) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        "python3", "-c", "import os\nfor i in range(" + depth + "):\n os.mkdir('d'); os.chdir('d')")
                .directory(directory.toFile())
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isZero();
    }
}
