package io.agentrouter.runtime.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ChatCompletionsTest {

    private static Demo demo;

    @BeforeAll
    static void start() {
        demo = Demo.start();
    }

    @AfterAll
    static void stop() {
        demo.close();
    }

    @Test
    void jsonRequest_isAnsweredInOpenAiShape() throws Exception {
        HttpResponse<String> response = Chat.ask(demo, "say Hello there");

        assertThat(response.statusCode()).isEqualTo(200);
        JsonNode json = JsonMapper.shared().readTree(response.body());
        assertThat(json.path("object").asString()).isEqualTo("chat.completion");
        assertThat(json.path("system_fingerprint").asString()).isEqualTo("offline");
        assertThat(json.at("/choices/0/message/content").asString()).isEqualTo("Hello there");
        assertThat(json.at("/choices/0/finish_reason").asString()).isEqualTo("stop");
        assertThat(json.at("/usage/total_tokens").isIntegralNumber()).isTrue();
    }

    @Test
    void streamedRequest_sendsRoleTextFinishUsageAndDone() throws Exception {
        HttpResponse<String> response = Chat.stream(demo, "say Hello there");

        assertThat(response.headers().firstValue("Content-Type")).hasValue("text/event-stream;charset=UTF-8");
        List<String> events = Arrays.asList(response.body().split("\n\n"));
        assertThat(events).hasSize(5).allMatch(event -> event.startsWith("data: "));
        assertThat(events.get(0))
                .contains("\"delta\":{\"role\":\"assistant\",\"content\":\"\"}", "\"finish_reason\":null");
        assertThat(events.get(1)).contains("\"delta\":{\"content\":\"Hello there\"}");
        assertThat(events.get(2)).contains("\"delta\":{}", "\"finish_reason\":\"stop\"");
        assertThat(events.get(3)).contains("\"choices\":[]", "\"total_tokens\":0");
        assertThat(events.get(4)).isEqualTo("data: [DONE]");
    }
}
