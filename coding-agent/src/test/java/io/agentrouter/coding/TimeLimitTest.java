package io.agentrouter.coding;

import static io.agentrouter.coding.SandboxedTests.project;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentrouter.runtime.testing.Script;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A run that has six seconds, half of them for its report. */
class TimeLimitTest extends ModelTests {

    @Override
    List<String> settings() {
        return Stream.concat(super.settings().stream(), Stream.of("agent.answer-timeout=6s", "coding.diff.max-time=1s"))
                .toList();
    }

    @Test
    void timeThatIsNearlyOver_endsTheRunWithWhatItDid() throws IOException {
        model.next(
                Script.tool("write", "{\"path\":\"a.txt\",\"content\":\"x\\n\"}"),
                Script.tool("exec", "{\"command\":\"sleep 100\",\"timeoutSeconds\":100}"),
                Script.text("never asked"));

        HttpResponse<String> response = agent.client().ask(Map.of(), project(Map.of("b", "")));

        assertThat(AgentClient.text(response))
                .contains("The run was stopped, since its time is nearly over", "+++ b/a.txt")
                .contains("$ sleep 100\nended by the sandbox: timeout")
                .doesNotContain("never asked");
        assertThat(finishReason(response)).isEqualTo("length");
    }

    @Test
    void modelThatStallsInALaterTurn_endsTheRunWithTheWorkBeforeIt() throws IOException {
        model.next(
                Script.tool("write", "{\"path\":\"a.txt\",\"content\":\"x\\n\"}")
                        .andTool("exec", "{\"command\":\"cat a.txt\"}"),
                Script.text("Now I will").thenSilence());

        HttpResponse<String> response = agent.client().ask(Map.of(), project(Map.of("b", "")));

        assertThat(AgentClient.text(response))
                .startsWith("Now I will\n\nThe run was stopped, since its time is nearly over")
                .contains("+++ b/a.txt", "$ cat a.txt\nexit code 0");
        assertThat(finishReason(response)).isEqualTo("length");
        model.lastCall().awaitClosedByClient(Duration.ofSeconds(1));
    }

    @Test
    @Tag("slow")
    void modelThatStallsBeforeAnyWork_isATimeout() throws IOException {
        model.next(
                Script.tool("read", "{\"path\":\"b\"}"), Script.text("Let me").thenSilence());

        HttpResponse<String> response = agent.client().ask(Map.of(), project(Map.of("b", "")));

        assertThat(response.statusCode()).as(response.body()).isEqualTo(504);
        assertThat(AgentClient.json(response).at("/error/code").asString()).isEqualTo("run_timeout");
    }
}
