package io.agentrouter.sandbox.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeletionTest {

    @TempDir
    private Path temp;

    private Path tree;

    @BeforeEach
    void createTree() throws IOException {
        tree = Files.createDirectory(temp.resolve("tree"));
    }

    @Test
    void treeWhosePathsAreTooLongForTheSystem_isDeleted() throws IOException {
        String longest = "n".repeat(255);
        Path upper = nested(tree, longest, 10);
        Path lower = Files.createDirectory(temp.resolve("lower"));
        Files.createFile(nested(lower, longest, 10).resolve("file"));
        Files.move(lower, upper.resolve("lower"));

        Deletion.of(tree);

        assertThat(tree).doesNotExist();
    }

    @Test
    void deepTreeNamedLikeWhatIsMovedUp_isDeleted() throws IOException {
        Files.createFile(nested(tree.resolve(".deeper-1"), "d", 250).resolve("file"));

        Deletion.of(tree);

        assertThat(tree).doesNotExist();
    }

    private static Path nested(Path top, String name, int levels) throws IOException {
        Path deepest = top;
        for (int i = 0; i < levels; i++) {
            deepest = deepest.resolve(name);
        }
        return Files.createDirectories(deepest);
    }
}
