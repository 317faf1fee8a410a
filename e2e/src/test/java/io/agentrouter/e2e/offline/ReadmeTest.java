package io.agentrouter.e2e.offline;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentrouter.e2e.system.JavaSource;
import io.agentrouter.e2e.system.Markdown;
import io.agentrouter.e2e.system.Markdown.Block;
import io.agentrouter.e2e.system.OfflineSystem;
import io.agentrouter.e2e.system.Repository;
import io.agentrouter.e2e.system.Sdk;
import io.agentrouter.e2e.system.SharedSystem;
import io.agentrouter.e2e.system.Shell;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What README.md and {@code ./run} tell a user to paste is pasted; only the port differs. */
@ExtendWith(SharedSystem.class)
class ReadmeTest {

    private static final String README = "README.md";
    private static final String CURL = "curl ";

    private final OfflineSystem system;

    ReadmeTest(OfflineSystem system) {
        this.system = system;
    }

    @Test
    void everyBlockOfCode_isOfAKindThatATestRuns() {
        assertThat(Markdown.blocks(README))
                .allMatch(block -> List.of("python", "js", "java", "mermaid").contains(block.language())
                        || Stream.of(CURL, "./run", "mvn verify", "OPENAI_API_KEY=", "QA_DOCUMENTS=")
                                .anyMatch(block.code()::startsWith));
    }

    @Test
    void curl_isAnswered() {
        requireCurl();
        assertThat(Markdown.blocks(README).stream().map(Block::code).filter(code -> code.startsWith(CURL)))
                .isNotEmpty()
                .allSatisfy(block -> {
                    List<String> answers = Stream.of(here(block).split("\n(?=" + CURL + ")"))
                            .map(command -> Shell.sh(command).orFail())
                            .toList();
                    assertThat(answers)
                            .allSatisfy(answer -> assertThat(answer).contains("\"chat.completion\""))
                            .first()
                            .asString()
                            .contains("4Gi");
                });
    }

    @ParameterizedTest
    @Tag("slow") // packages of other languages come over the network
    @CsvSource({"PYTHON,python", "NODE,js"})
    void snippetOfAnSdk_printsTheAnswer(Sdk sdk, String language) {
        assertThat(sdk.run(here(Markdown.only(README, language))).orFail()).contains("4Gi", "Sources:");
    }

    @Test
    void snippetInJava_getsTheAnswer(@TempDir Path classes) {
        String program = """
                import com.openai.client.*;
                import com.openai.client.okhttp.*;
                import com.openai.models.chat.completions.*;

                public class Snippet {
                    public static void main(String[] arguments) {
                        %s
                        System.out.println(answer.choices().get(0).message().content().get());
                        System.exit(0);
                    }
                }
                """.formatted(here(Markdown.only(README, "java")));
        String classPath = System.getProperty("java.class.path");
        JavaSource.compile("Snippet", program, classPath, classes);

        Shell.Output output = Shell.run(classes, List.of(Repository.JAVA, "-cp", classes + ":" + classPath, "Snippet"));

        assertThat(output.orFail()).contains("4Gi", "Sources:");
    }

    @Test
    void commandsThatRunPrints_areAnsweredByBothAgents() {
        requireCurl();
        List<String> commands = Stream.of(system.launcher().output().split("\n\n", -1))
                .map(String::strip)
                .filter(paragraph -> paragraph.startsWith(CURL))
                .toList();

        assertThat(commands.stream().map(command -> Shell.sh(command).orFail()))
                .satisfiesExactly(
                        whole -> assertThat(whole).contains("\"chat.completion\"", "4Gi"),
                        streamed -> assertThat(streamed).contains("4Gi", "data: [DONE]"),
                        whole -> assertThat(whole).contains("\"chat.completion\"", "`test_sum.py:4`"),
                        streamed -> assertThat(streamed).contains("`test_sum.py:4`", "data: [DONE]"));
    }

    private String here(String code) {
        assertThat(code).contains("http://127.0.0.1:8080");
        return code.replace("http://127.0.0.1:8080", system.url());
    }

    private static void requireCurl() {
        if (!Shell.has("curl")) {
            Sdk.unavailable("curl is not on PATH");
        }
    }
}
