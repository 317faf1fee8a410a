package io.agentrouter.runtime.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentrouter.runtime.testing.ModelCall;
import io.agentrouter.runtime.testing.Script;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a request says of the model's turns, and what reaches the model of it. */
class ModelOptionsTest extends DemoWithModel {

    @Test
    void honouredOptions_reachTheModel() throws Exception {
        String options = "\"temperature\":0.5,\"top_p\":0.9,\"frequency_penalty\":0.1,\"presence_penalty\":0.2,"
                + "\"seed\":7.0,\"stop\":[\"END\"],\"reasoning_effort\":\"low\"";

        assertThat(ask("ask", "," + options).at("/choices/0/message/content").asString())
                .isNotEmpty();

        JsonNode sent = model.lastCall().body();
        JsonMapper.shared()
                .readTree("{" + options.replace("7.0", "7") + "}")
                .forEachEntry(
                        (name, value) -> assertThat(sent.path(name)).as(name).isEqualTo(value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",\"stream\":true"})
    void depthOfTheRequest_isSentOnToTheModel(String how) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(demo.uri("/v1/chat/completions"))
                .header("Content-Type", "application/json")
                .header("X-Agent-Depth", "3")
                .POST(BodyPublishers.ofString(Chat.body("ask", how)))
                .build();

        Chat.HTTP.send(request, BodyHandlers.ofString());
        assertThat(model.lastCall().header("X-Agent-Depth")).contains("3");

        Chat.post(demo.uri("/v1/chat/completions"), Chat.body("ask", how));
        assertThat(model.lastCall().header("X-Agent-Depth")).isEmpty();
    }

    @Test
    void tokensAllowed_boundAllTurnsInSumAndTheSmallerNumberCounts() throws Exception {
        model.next(Script.text("one").usage(5, 7), Script.text("two").usage(5, 3));

        JsonNode answer = ask("ask-twice", ",\"max_completion_tokens\":10.0,\"max_tokens\":20");

        assertThat(model.calls().stream().map(ModelOptionsTest::allowed)).containsExactly(10L, 3L);
        assertThat(answer.at("/choices/0/finish_reason").asString()).isEqualTo("stop");
    }

    @Test
    void tokensThatAreUsedUp_endTheRunBeforeItsNextTurn() throws Exception {
        model.next(Script.text("one").usage(5, 10), Script.text("never"));

        JsonNode answer = ask("ask-twice", ",\"max_tokens\":10");

        assertThat(model.calls()).hasSize(1);
        assertThat(answer.at("/choices/0/finish_reason").asString()).isEqualTo("length");
        assertThat(answer.at("/choices/0/message/content").asString()).isEqualTo("one");
    }

    @Test
    void answerOfAModel_isMarkedAsLive() throws Exception {
        assertThat(ask("ask", "").path("system_fingerprint").asString()).isEqualTo("live");
        assertThat(Chat.stream(demo, "ask").body()).contains("\"system_fingerprint\":\"live\"");
    }

    private JsonNode ask(String question, String more) throws Exception {
        HttpResponse<String> response = Chat.post(demo.uri("/v1/chat/completions"), Chat.body(question, more));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(response.body());
    }

    private static long allowed(ModelCall call) {
        return call.body().path("max_completion_tokens").asLong();
    }
}
