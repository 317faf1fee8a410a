package io.agentrouter.runtime.model;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentrouter.runtime.agent.FinishReason;
import io.agentrouter.runtime.agent.Message;
import io.agentrouter.runtime.agent.StepResult.ModelAnswer;
import io.agentrouter.runtime.agent.TokenUsage;
import io.agentrouter.runtime.agent.Tool;
import io.agentrouter.runtime.agent.ToolOutput;
import io.agentrouter.runtime.agent.ToolRequest;
import io.agentrouter.runtime.testing.Script;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import tools.jackson.databind.JsonNode;

class ModelTurnTest {

    private static final Tool SEARCH =
            new Tool("search", "Finds passages", """
            {"type":"object","properties":{"query":{"type":"string","minLength":2}},"required":["query"]}""", arguments -> Mono.just(new ToolOutput("found", false)));

    private final ModelUnderTest model = new ModelUnderTest();

    @AfterEach
    void close() {
        model.close();
    }

    @Test
    void text_arrivesPieceByPieceThenWhole() {
        model.server.next(Script.text("Hel", "lo").usage(12, 3));
        StepVerifier.create(model.ask("Hi"))
                .expectNext(new ModelEvent.TextDelta("Hel"))
                .expectNext(new ModelEvent.TextDelta("lo"))
                .expectNext(new ModelEvent.Answered(
                        new ModelAnswer("Hello", List.of(), FinishReason.STOP, new TokenUsage(12, 3))))
                .expectComplete()
                .verify(ofSeconds(10));
    }

    @Test
    void eachPiece_isPassedOnBeforeTheNextIsSent() {
        model.server.next(Script.text("a").pause(ofMillis(500)).andText("b"));
        StepVerifier.create(model.ask("Hi").ofType(ModelEvent.TextDelta.class).take(1))
                .expectNext(new ModelEvent.TextDelta("a"))
                .expectComplete()
                .verify(ofMillis(450));
    }

    @Test
    void toolCallInFragments_comesBackWhole() {
        model.server.next(Script.tool("search", "{\"que", "ry\":\"sl", "ots\"}"));
        ModelAnswer answer = model.answer("Hi", SEARCH);
        assertThat(answer.reason()).isEqualTo(FinishReason.TOOL_CALLS);
        assertThat(answer.toolRequests()).containsExactly(new ToolRequest("call_0", "search", "{\"query\":\"slots\"}"));
    }

    @Test
    void severalToolCallsAtOnce_comeBackInOrder() {
        model.server.next(Script.tool("search", "{\"query\":\"one\"}").andTool("search", "{\"query\":\"two\"}"));
        assertThat(model.answer("Hi", SEARCH).toolRequests())
                .extracting(ToolRequest::arguments)
                .containsExactly("{\"query\":\"one\"}", "{\"query\":\"two\"}");
    }

    @Test
    void request_carriesKeyModelToolsAndAsksForUsage() {
        model.answer("Hi", SEARCH);
        JsonNode body = model.server.lastCall().body();
        assertThat(model.server.lastCall().header("Authorization")).contains("Bearer " + ModelUnderTest.KEY);
        assertThat(body.path("model").asString()).isEqualTo("gpt-4o");
        assertThat(body.path("stream").asBoolean()).isTrue();
        assertThat(body.at("/stream_options/include_usage").asBoolean()).isTrue();
        assertThat(body.at("/tools/0/function/name").asString()).isEqualTo("search");
        assertThat(body.at("/tools/0/function/parameters/properties/query/minLength")
                        .asInt())
                .isEqualTo(2);
        assertThat(body.at("/tools/0/function/parameters/required/0").asString())
                .isEqualTo("query");
    }

    @Test
    void options_reachTheModelUnderOpenAisNames() {
        String format = "{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"n\",\"schema\":{\"type\":\"object\"}}}";
        ModelOptions options = new ModelOptions(0.5, 0.9, 77, List.of("END"), 1L << 40, 0.1, 0.2, format, "low");
        ModelUnderTest.whole(model.ask("Hi", options));
        JsonNode body = model.server.lastCall().body();
        assertThat(body.path("temperature").asDouble()).isEqualTo(0.5);
        assertThat(body.path("top_p").asDouble()).isEqualTo(0.9);
        assertThat(body.path("max_completion_tokens").asInt()).isEqualTo(77);
        assertThat(body.at("/stop/0").asString()).isEqualTo("END");
        assertThat(body.path("seed").asLong()).isEqualTo(1L << 40);
        assertThat(body.path("frequency_penalty").asDouble()).isEqualTo(0.1);
        assertThat(body.path("presence_penalty").asDouble()).isEqualTo(0.2);
        assertThat(body.at("/response_format/json_schema/schema/type").asString())
                .isEqualTo("object");
        assertThat(body.path("reasoning_effort").asString()).isEqualTo("low");
    }

    @Test
    void defaultOptions_leaveEverythingToTheServer() {
        model.answer("Hi");
        assertThat(model.server.lastCall().body().propertyNames())
                .containsExactlyInAnyOrder("model", "messages", "stream", "stream_options");
    }

    @Test
    void everyKindOfMessage_keepsItsRoleAndItsPlace() {
        ToolRequest request = new ToolRequest("call_7", "search", "{\"query\":\"x\"}");
        List<Message> messages = List.of(
                new Message.Instructions("Be brief."),
                new Message.User("Find x"),
                new Message.Assistant("", List.of(request)),
                new Message.ToolResult(request, "x is here"),
                new Message.Assistant("Here.", List.of()),
                new Message.User("Thanks"));
        ModelUnderTest.whole(model.model().turn(new ModelRequest(messages, List.of(), ModelOptions.DEFAULT)));
        List<JsonNode> sent = model.server.lastCall().messages();
        assertThat(sent.stream().map(message -> message.path("role").asString()))
                .containsExactly("system", "user", "assistant", "tool", "assistant", "user");
        assertThat(sent.get(2).at("/tool_calls/0/function/arguments").asString())
                .isEqualTo("{\"query\":\"x\"}");
        assertThat(sent.get(3).path("tool_call_id").asString()).isEqualTo("call_7");
    }

    @Test
    void serverThatCountsNoTokens_getsAnEstimate() {
        model.server.next(Script.text("four", "four").withoutUsage());
        assertThat(model.answer("twelve chars").usage()).isEqualTo(new TokenUsage(3, 2));
    }

    @Test
    void answerCutAtItsLengthLimit_saysSo() {
        model.server.next(Script.text("Hel").finishReason("length"));
        assertThat(model.answer("Hi").reason()).isEqualTo(FinishReason.LENGTH);
    }

    @Test
    void answerWithoutDone_countsWhenItHasAFinishReason() {
        String last =
                "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"x\"},\"finish_reason\":\"stop\"}]}\n\n";
        model.server.next(Script.text("Hel").raw(last).endingAbruptly());
        assertThat(model.answer("Hi").text()).isEqualTo("Helx");
    }

    @Test
    void eventsCutAnywhere_areReadAsTheyWereMeant() {
        model.server.next(
                Script.text()
                        .raw(": comment\n\ndata: {\"choices\":[{\"index\":0,\"del")
                        .pause(ofMillis(20))
                        .raw(
                                "ta\":{\"content\":\"é\"}}]}\r\n\r\ndata:{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"!\"}}]}\n\n"));
        assertThat(model.answer("Hi").text()).isEqualTo("é!");
    }

    @Test
    @Tag("slow")
    void readerThatAsksForNothing_stopsTheReadingAndIsNotTimedOut() {
        try (ModelUnderTest impatient = new ModelUnderTest("timeouts.idle", "1s")) {
            String[] pieces = new String[200];
            java.util.Arrays.fill(pieces, "x".repeat(2_000));
            impatient.server.next(Script.text(pieces));
            List<ModelEvent> read = new ArrayList<>();
            StepVerifier.create(impatient.ask("Hi").doOnNext(read::add), 1)
                    .expectNextCount(1)
                    .thenAwait(ofMillis(2500))
                    .then(() -> assertThat(read).hasSize(1))
                    .thenRequest(Long.MAX_VALUE)
                    .expectNextCount(200)
                    .expectComplete()
                    .verify(ofSeconds(20));
        }
    }
}
