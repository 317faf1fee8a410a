package io.agentrouter.e2e.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentrouter.e2e.system.Answer;
import io.agentrouter.e2e.system.Ask;
import io.agentrouter.e2e.system.Client;
import io.agentrouter.e2e.system.LiveSystem;
import io.agentrouter.e2e.system.OpenStream;
import io.agentrouter.e2e.system.Project;
import io.agentrouter.e2e.system.SharedSystem;
import io.agentrouter.runtime.testing.Script;
import io.agentrouter.runtime.testing.ScriptedModelServer;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** With a model behind the agents. */
@ExtendWith(SharedSystem.class)
class LiveAnswersTest {

    private static final String FIXED = "{\"path\":\"calc.py\",\"content\":\"def add(a, b):\\n    return a + b\\n\"}";

    private final Client client;
    private final ScriptedModelServer model;

    LiveAnswersTest(LiveSystem system) {
        client = system.client();
        model = system.freshModel();
    }

    @Test
    void question_isAnsweredByTheModelWithItsNameAndKey_andTheDepthOfTheRequest() {
        model.next(Script.text("It gets ", "4Gi [1].").usage(120, 7));

        Answer answer = client.ask(Ask.of("qa", "How much memory does the coding agent get?"));

        assertThat(answer.text()).as(answer.toString()).contains("It gets 4Gi");
        assertThat(answer.json().path("system_fingerprint").asString()).isEqualTo("live");
        assertThat(answer.json().path("usage")).isEqualTo(usage(120, 7));
        assertThat(model.lastCall().body().path("model").asString()).isEqualTo(LiveSystem.MODEL);
        assertThat(model.lastCall().header("Authorization")).contains("Bearer " + LiveSystem.KEY);
        assertThat(model.lastCall().header("X-Agent-Depth")).contains("1");
    }

    @Test
    void stream_passesEachPieceAsItComes_andUsageLastWhenAskedFor() {
        model.next(Script.text("early ")
                .pause(Duration.ofSeconds(2))
                .andText("late")
                .usage(11, 2));
        Ask ask = Ask.of("coding", "Say something.").streamed().with("stream_options", Map.of("include_usage", true));

        try (OpenStream stream = client.open(ask)) {
            long begun = System.nanoTime();
            stream.awaitText("early");
            long early = System.nanoTime();
            stream.awaitText("late");
            assertThat(Duration.ofNanos(System.nanoTime() - early)).isGreaterThan(Duration.ofMillis(1500));
            assertThat(early).isGreaterThan(begun);
            assertThat(stream.rest()).last().isEqualTo("[DONE]");
        }

        model.next(Script.text("word").usage(11, 2));
        Answer whole = client.ask(ask);
        assertThat(whole.chunks().getLast().path("usage")).isEqualTo(usage(11, 2));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void codingAgent_listsReadsWritesAndRuns_andShowsTheDiffAndWhatWasPrinted(boolean streamed) {
        model.next(
                Script.tool("list", "{}").usage(10, 1),
                Script.tool("read", "{\"path\":", "\"calc.py\"}").usage(20, 2),
                Script.tool("write", FIXED).usage(30, 3),
                Script.tool("exec", "{\"command\":\"python3 -m unittest\"}").usage(40, 4),
                Script.text("It subtracted.").usage(50, 5));
        Ask ask = Ask.of("coding", "Make the test pass.").file("project.zip", Project.thatFails());

        Answer answer =
                client.ask(streamed ? ask.streamed().with("stream_options", Map.of("include_usage", true)) : ask);

        assertThat(answer.text())
                .as(answer.toString())
                .contains("It subtracted.", "```diff", "\n-    return a - b\n", "\n+    return a + b\n")
                .contains("$ python3 -m unittest\nexit code 0", "Ran 1 test", "OK");
        assertThat(model.lastCall().toolResults())
                .satisfiesExactly(
                        list -> assertThat(list).contains("calc.py", "test_calc.py"),
                        read -> assertThat(read).contains("return a - b"),
                        write -> assertThat(write).contains("calc.py"),
                        exec -> assertThat(exec).contains("exit code 0", "OK"));
        JsonNode usage = (streamed ? answer.chunks().getLast() : answer.json()).path("usage");
        assertThat(usage).isEqualTo(usage(150, 15));
    }

    @Test
    void toolsAtWork_areSeenInTheStream() {
        model.next(Script.tool("list", "{}"), Script.text("Nothing is there."));

        Answer answer = client.ask(Ask.of("coding", "What is there?").streamed());

        assertThat(answer.chunks().stream()
                        .map(chunk -> chunk.path("agent_event"))
                        .filter(event -> !event.isMissingNode())
                        .map(event -> event.path("type").asString() + " "
                                + event.path("name").asString()))
                .containsExactly("tool_call list", "tool_result list");
    }

    private static JsonNode usage(int prompt, int completion) {
        return JsonMapper.shared()
                .createObjectNode()
                .put("prompt_tokens", prompt)
                .put("completion_tokens", completion)
                .put("total_tokens", prompt + completion);
    }
}
