package io.agentrouter.runtime.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.P;
import io.agentrouter.runtime.agent.Tool;
import io.agentrouter.runtime.agent.ToolException;
import io.agentrouter.runtime.agent.ToolOutput;
import io.agentrouter.runtime.testing.Script;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

class ToolsTest {

    private final Map<String, Tool> tools =
            Tools.of(new Files()).stream().collect(java.util.stream.Collectors.toMap(Tool::name, tool -> tool));

    @SuppressWarnings({"unused", "DoNotCallSuggester"})
    private static final class Files {

        @dev.langchain4j.agent.tool.Tool("Read a text file.")
        String read(@P("of the file") String path, @P(value = "first line", required = false) @Nullable Integer from) {
            return path + " from " + Objects.requireNonNullElse(from, 1);
        }

        @dev.langchain4j.agent.tool.Tool("Run a command.")
        Mono<ToolOutput> exec(String command) {
            return Mono.just(new ToolOutput("ran " + command, true));
        }

        @dev.langchain4j.agent.tool.Tool
        List<String> list() {
            return List.of("a", "b");
        }

        @dev.langchain4j.agent.tool.Tool
        String refuse() {
            throw new ToolException("There is no such file.");
        }

        @dev.langchain4j.agent.tool.Tool
        Mono<String> refuseLater() {
            return Mono.error(new ToolException("It took too long."));
        }

        @dev.langchain4j.agent.tool.Tool
        String breaks() {
            throw new IllegalStateException("a defect");
        }

        @dev.langchain4j.agent.tool.Tool
        String breaksChecked() throws IOException {
            throw new IOException("a defect");
        }

        String noTool() {
            return "";
        }
    }

    @Test
    void markedMethods_areOfferedToTheModelWithTheirSchema() {
        try (ModelUnderTest model = new ModelUnderTest()) {
            model.server.next(Script.text("Hi"));
            model.answer("Hi", Tools.of(new Files()).toArray(Tool[]::new));

            List<JsonNode> offered = model.server.lastCall().tools();
            assertThat(offered)
                    .extracting(tool -> tool.path("name").asString())
                    .containsExactly("breaks", "breaksChecked", "exec", "list", "read", "refuse", "refuseLater");
            JsonNode read = offered.get(4);
            assertThat(read.path("description").asString()).isEqualTo("Read a text file.");
            assertThat(read.at("/parameters/properties/path/type").asString()).isEqualTo("string");
            assertThat(read.at("/parameters/properties/path/description").asString())
                    .isEqualTo("of the file");
            assertThat(read.at("/parameters/properties/from/type").asString()).isEqualTo("integer");
            assertThat(read.at("/parameters/required").toString()).isEqualTo("[\"path\"]");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    read        | {"path":"pom.xml"}            | pom.xml from 1            | false
                    read        | {"path":"pom.xml","from":7,"more":[]} | pom.xml from 7    | false
                    exec        | {"command":"make"}            | ran make                  | true
                    list        | {}                            | ["a","b"]                 | false
                    list        | ''                            | ["a","b"]                 | false
                    refuse      | {}                            | There is no such file.    | true
                    refuseLater | {}                            | It took too long.         | true
                    read        | {}                            | `read` needs the argument `path`. Nothing was done. | true
                    read        | {"path":null}                 | `read` needs the argument `path`. Nothing was done. | true
                    read        | nonsense                      | The arguments of `read` must be one JSON object. Nothing was done. | true
                    read        | ["pom.xml"]                   | The arguments of `read` must be one JSON object. Nothing was done. | true
                    """)
    void call_isAnsweredInWordsForTheModel(String tool, String arguments, String text, boolean failed) {
        ToolOutput output = call(tool, arguments);

        if (tool.equals("list")) {
            assertThat(output.text().replaceAll("\\s", "")).isEqualTo(text);
        } else {
            assertThat(output).isEqualTo(new ToolOutput(text, failed));
        }
    }

    @Test
    void argumentOfAWrongType_isToldWithTheSchema() {
        ToolOutput output = call("read", "{\"path\":\"a\",\"from\":\"soon\"}");

        assertThat(output.failed()).isTrue();
        assertThat(output.text()).contains("wrong type", "\"from\"", "integer").doesNotContain("Exception");
    }

    @Test
    void exceptionThatIsNoToolException_failsTheRunAsThrown() {
        assertThatThrownBy(() -> call("breaks", "{}")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> call("breaksChecked", "{}")).hasRootCauseInstanceOf(IOException.class);
    }

    @Test
    void objectWithoutMarkedMethods_isRefused() {
        assertThatThrownBy(() -> Tools.of("text")).hasMessageContaining("@Tool");
    }

    private ToolOutput call(String tool, String arguments) {
        return Objects.requireNonNull(Objects.requireNonNull(tools.get(tool))
                .execute()
                .apply(arguments)
                .block());
    }
}
