package io.agentrouter.e2e.offline;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentrouter.e2e.system.Answer;
import io.agentrouter.e2e.system.Ask;
import io.agentrouter.e2e.system.Client;
import io.agentrouter.e2e.system.OfflineSystem;
import io.agentrouter.e2e.system.Project;
import io.agentrouter.e2e.system.SharedSystem;
import io.agentrouter.e2e.system.Way;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Without a key: what a user sees in the first minute. */
@ExtendWith(SharedSystem.class)
class OfflineAnswersTest {

    private static final String MEMORY = "How much memory does the coding agent get?";

    private final Client client;

    OfflineAnswersTest(OfflineSystem system) {
        client = system.client();
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void typeNamedInEachWay_reachesTheAgentOfThatType(Way way) {
        for (String type : new String[] {"qa", "coding"}) {
            Answer answer = client.ask(Ask.of(type, MEMORY).by(way));

            assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
            assertThat(answer.header("Content-Type")).startsWith("application/json");
            assertThat(answer.header("X-Agent-Type")).isEqualTo(type);
            assertThat(answer.json().path("object").asString()).isEqualTo("chat.completion");
            assertThat(answer.json().path("system_fingerprint").asString()).isEqualTo("offline");
            assertThat(answer.text()).contains(type.equals("qa") ? "4Gi" : "No tests were found");
            assertThat(answer.json().at("/choices/0/finish_reason").asString()).isEqualTo("stop");
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void typeNamedInEachWay_reachesTheAgentOfThatType_streamed(Way way) {
        for (String type : new String[] {"qa", "coding"}) {
            Answer answer = client.ask(Ask.of(type, MEMORY).by(way).streamed());

            assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
            assertThat(answer.header("Content-Type")).startsWith("text/event-stream");
            assertThat(answer.header("X-Agent-Type")).isEqualTo(type);
            assertThat(answer.chunks())
                    .allSatisfy(
                            chunk -> assertThat(chunk.path("system_fingerprint").asString())
                                    .isEqualTo("offline"));
            assertThat(answer.chunks().getFirst().at("/choices/0/delta/role").asString())
                    .isEqualTo("assistant");
            assertThat(answer.text()).contains(type.equals("qa") ? "4Gi" : "No tests were found");
            assertThat(answer.events()).last().isEqualTo("[DONE]");
        }
    }

    @Test
    void question_isAnsweredWithTheFileTheHeadingAndTheWordsItRestsOn() {
        Answer answer = client.ask(Ask.of("qa", MEMORY));

        JsonNode citation = answer.json().at("/choices/0/message/annotations/0/url_citation");
        assertThat(citation.path("url").asString()).endsWith(".md");
        assertThat(citation.path("title").asString()).isNotBlank();
        assertThat(citation.path("quote").asString()).contains("4Gi");
        assertThat(answer.text())
                .contains("[1]", "Sources:", citation.path("url").asString());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void projectWhoseTestFails_isRunAndTheFileAndLineAreReported(boolean streamed) {
        Ask ask = Ask.of("coding", "Why does the test fail?").file("project.zip", Project.thatFails());

        Answer answer = client.ask(streamed ? ask.streamed() : ask);

        assertThat(answer.text())
                .as(answer.toString())
                .contains("`test_calc.py:6`: AssertionError: -1 != 5", "python3 -m unittest", "editing needs a model");
    }

    @Test
    void usage_isFilled_andComesLastInAStreamThatAsksForIt() {
        JsonNode whole = client.ask(Ask.of("qa", MEMORY)).json().path("usage");
        assertThat(whole.path("total_tokens").asLong(-1))
                .isEqualTo(whole.path("prompt_tokens").asLong()
                        + whole.path("completion_tokens").asLong());

        Answer streamed =
                client.ask(Ask.of("qa", MEMORY).streamed().with("stream_options", Map.of("include_usage", true)));
        JsonNode last = streamed.chunks().getLast();
        assertThat(last.path("choices")).isEmpty();
        assertThat(last.path("usage")).isEqualTo(whole);
        assertThat(client.ask(Ask.of("qa", MEMORY).streamed()).body()).doesNotContain("\"usage\"");
    }
}
