package io.agentrouter.coding;

import static io.agentrouter.coding.SandboxedTests.project;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentrouter.runtime.testing.Script;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A model that fails in a later turn of a run. */
class FailingModelTest extends ModelTests {

    @Override
    List<String> settings() {
        return Stream.concat(
                        super.settings().stream(),
                        Stream.of("model.timeouts.first-token=2s", "model.timeouts.idle=2s", "model.retry.attempts=1"))
                .toList();
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of("", Script.silence(), "stayed silent beyond model.timeouts.first-token"),
                Arguments.of("Now", Script.text("Now").thenSilence(), "stayed silent beyond model.timeouts.idle"),
                Arguments.of("Now", Script.text("Now").resetInChunk(" I"), "broke off"),
                Arguments.of("", Script.status(429), "limits the rate"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void modelThatFailsAfterWork_endsTheRunWithTheWorkAndTheFailure(String said, Script failure, String words)
            throws IOException {
        model.next(
                Script.tool("write", "{\"path\":\"a.txt\",\"content\":\"x\\n\"}")
                        .andTool("exec", "{\"command\":\"cat a.txt\"}"),
                failure);

        HttpResponse<String> response = agent.client().ask(Map.of(), project(Map.of("b", "")));

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(AgentClient.text(response).strip())
                .startsWith((said + "\n\nThe run was stopped, since the model failed: The model").strip())
                .contains(words, "What was done so far follows.", "+++ b/a.txt", "$ cat a.txt\nexit code 0");
        assertThat(finishReason(response)).isEqualTo("length");
        assertThat(model.calls()).hasSize(2);
    }

    @Test
    void modelThatFailsBeforeAnyWork_failsTheRun() throws IOException {
        model.next(Script.tool("read", "{\"path\":\"b\"}"), Script.silence());

        HttpResponse<String> response = agent.client().ask(Map.of(), project(Map.of("b", "")));

        assertThat(response.statusCode()).as(response.body()).isEqualTo(504);
        assertThat(AgentClient.json(response).at("/error/code").asString()).isEqualTo("model_timeout");
    }
}
