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

/** A run that has 20 seconds. */
class TimeLimitTest extends ModelTests {

    @Override
    List<String> settings() {
        return Stream.concat(
                        super.settings().stream(), Stream.of("agent.answer-timeout=20s", "coding.diff.max-time=1s"))
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
}
