package io.agentrouter.coding.project;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentrouter.coding.workspace.WorkspaceTests;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProjectsTest extends WorkspaceTests {

    private static final int MOST = 1 << 20;

    @ParameterizedTest
    @CsvSource({
        "Makefile, test:, make test, make",
        "package.json, '{\"scripts\":{\"test\":\"jest\"}}', npm test, node --test"
    })
    void buildFileThatIsTooLargeToBeRead_isOneThatTellsNothing(String name, String text, String told, String untold)
            throws IOException {
        write(name, text + " ".repeat(MOST - text.length()));
        assertThat(commands()).containsExactly(told);

        write(name, text + " ".repeat(MOST + 1 - text.length()));
        assertThat(commands()).containsExactly(untold);
    }

    @Test
    void pythonTestThatIsTooLargeToBeRead_isOneThatTellsNothing() throws IOException {
        String text = "import pytest\n";
        write("test_it.py", text + " ".repeat(MOST - text.length()));
        assertThat(commands()).singleElement().asString().contains("pytest");

        write("test_it.py", text + " ".repeat(MOST + 1 - text.length()));
        assertThat(commands()).singleElement().asString().contains("unittest");
    }

    private List<String> commands() throws IOException {
        return Projects.find(workspace.files()).stream().map(Project::command).toList();
    }
}
