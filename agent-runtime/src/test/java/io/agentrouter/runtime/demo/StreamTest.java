package io.agentrouter.runtime.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentrouter.runtime.testing.Script;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class StreamTest extends DemoWithModel {

    @Override
    String[] settings() {
        return new String[] {"agent.heartbeat=200ms"};
    }

    @Test
    void silentModel_isPrecededByTheRoleAndCoveredByComments() throws IOException {
        model.next(Script.silence());
        try (RawClient client = RawClient.asks(demo, "ask", ",\"stream\":true")) {
            String answer = client.readUntil("\n: \n\n");

            assertThat(answer).startsWith("HTTP/1.1 200").containsIgnoringCase("content-type: text/event-stream");
            assertThat(answer.indexOf("\"delta\":{\"role\":\"assistant\",\"content\":\"\"}"))
                    .isPositive()
                    .isLessThan(answer.indexOf("\n: \n"));
            client.readUntil("\n: \n\n\r\n4\r\n: \n\n");
        }
    }

    @Test
    void usage_isCumulativeOverStepsWithTools() throws Exception {
        model.next(
                Script.tool("list", "{}").usage(10, 1),
                Script.tool("list", "{}").usage(20, 2),
                Script.text("Four", " files").usage(30, 4));
        String whole = Chat.ask(demo, "work").body();
        JsonNode usage = JsonMapper.shared().readTree(whole).path("usage");
        assertThat(usage.toString()).isEqualTo("{\"prompt_tokens\":60,\"completion_tokens\":7,\"total_tokens\":67}");

        model.next(
                Script.tool("list", "{}").usage(10, 1),
                Script.text("Four", " files").usage(20, 4));
        List<String> events = events(Chat.stream(demo, "work"));
        assertThat(events.get(events.size() - 2))
                .contains(
                        "\"choices\":[]",
                        "\"usage\":{\"prompt_tokens\":30,\"completion_tokens\":5,\"total_tokens\":35}");
        assertThat(events.getLast()).isEqualTo("data: [DONE]");
        assertThat(events).filteredOn(event -> event.contains("\"tool_call\"")).hasSize(1);
        assertThat(events).noneMatch(event -> event.contains("\"tool_calls\""));
    }

    @Test
    void turnThatItsOwnDeadlineEnds_leavesItsTextAndUsage_andTheRunGoesOn() throws Exception {
        model.next(Script.text("Half a").thenSilence());

        JsonNode answer =
                JsonMapper.shared().readTree(Chat.ask(demo, "hurry 2000").body());

        assertThat(answer.at("/choices/0/message/content").asString())
                .isEqualTo(
                        "Half a, then [ModelCutOff[text=Half a, usage=TokenUsage[prompt=3, completion=2], failure=null]]");
        assertThat(answer.path("usage").toString())
                .isEqualTo("{\"prompt_tokens\":3,\"completion_tokens\":2,\"total_tokens\":5}");
        model.lastCall().awaitClosedByClient(Duration.ofSeconds(1));
    }

    @Test
    void modelThatFailsBeforeTheTurnsOwnDeadline_leavesItsTextAndUsage_andTheRunGoesOn() throws Exception {
        model.next(Script.text("Half a").resetInChunk("n"));

        JsonNode answer =
                JsonMapper.shared().readTree(Chat.ask(demo, "hurry 60000").body());

        assertThat(answer.at("/choices/0/message/content").asString())
                .startsWith("Half a, then [ModelCutOff[text=Half a, usage=TokenUsage[prompt=3, completion=2], failure=")
                .contains("broke off");
        assertThat(answer.path("usage").toString())
                .isEqualTo("{\"prompt_tokens\":3,\"completion_tokens\":2,\"total_tokens\":5}");
    }

    @Test
    void turnThatEndsBeforeItsOwnDeadline_isWhole() throws Exception {
        model.next(Script.text("All"));

        assertThat(Chat.ask(demo, "hurry 60000").body()).contains("All, then [ModelAnswer[text=All,");
    }

    @Test
    void usageChunk_isSentOnlyWhenAskedFor() throws Exception {
        String body = Chat.post(demo.uri("/v1/chat/completions"), Chat.body("ask", ",\"stream\":true"))
                .body();

        assertThat(body)
                .contains("\"finish_reason\":\"stop\"")
                .doesNotContain("\"usage\"")
                .endsWith("data: [DONE]\n\n");
    }

    @Test
    void modelThatBreaksOff_endsTheStreamWithAnErrorAndNoDone() throws Exception {
        model.next(Script.text("Hel").resetInChunk("lo"));
        List<String> events = events(Chat.stream(demo, "ask"));

        assertThat(events.get(1)).contains("\"content\":\"Hel\"");
        assertThat(events.getLast())
                .startsWith("data: {\"error\":{\"message\":")
                .contains("\"code\":\"model_unavailable\"", "\"type\":\"server_error\"", "\"param\":null");
        assertThat(events).hasSize(3);
    }

    @Test
    void defectInMidStream_isReportedWithoutItsDetails() throws Exception {
        String body = Chat.stream(demo, "say-and-break").body();

        assertThat(body)
                .contains("half", "data: {\"error\":", "\"code\":\"internal\"")
                .doesNotContain("secret", "[DONE]");
    }

    /** Without the comment lines that a slow machine adds. */
    private static List<String> events(HttpResponse<String> stream) {
        return Arrays.stream(stream.body().split("\n\n"))
                .filter(event -> !event.equals(": "))
                .toList();
    }
}
