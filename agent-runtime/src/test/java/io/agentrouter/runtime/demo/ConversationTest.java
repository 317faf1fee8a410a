package io.agentrouter.runtime.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agentrouter.runtime.testing.RedisServers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import redis.embedded.RedisServer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ConversationTest {

    private static RedisServer redis;
    private static Demo demo;

    @BeforeAll
    static void start() {
        redis = RedisServers.start();
        demo = Demo.start(
                "agent.memory-limit=400Mi",
                "agent.conversation.max-waiting=20",
                "spring.data.redis.port=" + redis.ports().getFirst());
    }

    @AfterAll
    static void stop() throws IOException {
        demo.close();
        redis.stop();
    }

    @Test
    void headerAndMetadata_nameTheSameConversation() throws Exception {
        ask("c1", "say I am Ada", "");
        HttpResponse<String> second = ask(null, "history", ",\"metadata\":{\"conversation_id\":\"c1\"}");

        assertThat(text(second))
                .containsSubsequence("User[text=say I am Ada]", "Assistant[text=I am Ada", "User[text=history]");
    }

    @Test
    void streamedTurn_isRememberedBeforeItsEnd() throws Exception {
        HttpResponse<String> streamed = ask("streamed", "say Hello", ",\"stream\":true");
        assertThat(streamed.body()).endsWith("data: [DONE]\n\n");

        assertThat(text(ask("streamed", "history", ""))).contains("Assistant[text=Hello");
    }

    @Test
    void requestWithoutAConversation_remembersNothing() throws Exception {
        ask("named", "say Hello", "");
        assertThat(text(ask(null, "history", ""))).doesNotContain("Hello");
    }

    @Test
    void systemMessages_standBeforeWhatIsRememberedAndAreNotRemembered() throws Exception {
        String body =
                "{\"messages\":[{\"role\":\"system\",\"content\":\"Be %s\"},{\"role\":\"user\",\"content\":\"%s\"}]}";
        post("system", body.formatted("brief", "say Hello"));

        assertThat(text(post("system", body.formatted("kind", "history"))))
                .containsSubsequence("Instructions[text=Be kind]", "say Hello", "history")
                .doesNotContain("brief");
    }

    @Test
    void otherTenant_findsAnotherConversation() throws Exception {
        ask("tenants", "say Hello", "");
        HttpResponse<String> theirs = Chat.HTTP.send(
                HttpRequest.newBuilder(
                                Chat.request(demo.uri("/v1/chat/completions"), Chat.body("history", "")),
                                (n, v) -> true)
                        .header("X-Agent-Tenant", "other")
                        .header("X-Conversation-Id", "tenants")
                        .build(),
                BodyHandlers.ofString());

        assertThat(text(theirs)).doesNotContain("Hello");
    }

    @Test
    void twentyTurnsAtOnce_eachSeeTheEarlierOnes() throws Exception {
        List<CompletableFuture<HttpResponse<String>>> turns = IntStream.range(0, 20)
                .mapToObj(i -> Chat.HTTP.sendAsync(request("crowd", Chat.body("history", "")), BodyHandlers.ofString()))
                .toList();

        List<Integer> answersSeen = new ArrayList<>();
        for (CompletableFuture<HttpResponse<String>> turn : turns) {
            answersSeen.add(
                    json(turn.get()).at("/choices/0/message/content").asString().split("User\\[").length);
        }
        assertThat(answersSeen).doesNotHaveDuplicates().hasSize(20);
    }

    @Test
    void failedTurn_isNotRememberedAndLetsTheNextBegin() throws Exception {
        HttpResponse<String> failed = ask("failed", "say-and-break it", "");
        assertThat(failed.statusCode()).isEqualTo(500);

        assertThat(text(ask("failed", "history", ""))).doesNotContain("say-and-break");
    }

    @Test
    void clientThatLeavesMidStream_releasesTheConversationWithinASecond() throws Exception {
        try (Socket client =
                new Socket(InetAddress.getLoopbackAddress(), demo.uri("/").getPort())) {
            byte[] body = Chat.body("wait for me", ",\"stream\":true").getBytes(StandardCharsets.UTF_8);
            client.getOutputStream()
                    .write(("POST /v1/chat/completions HTTP/1.1\r\nHost: demo\r\nContent-Type: application/json\r\n"
                                    + "X-Conversation-Id: left\r\nContent-Length: " + body.length + "\r\n\r\n")
                            .getBytes(StandardCharsets.UTF_8));
            client.getOutputStream().write(body);
            assertThat(new String(client.getInputStream().readNBytes(15), StandardCharsets.UTF_8))
                    .isEqualTo("HTTP/1.1 200 OK");
        }

        long left = System.nanoTime();
        assertThat(text(ask("left", "history", ""))).doesNotContain("wait for me");
        assertThat(Duration.ofNanos(System.nanoTime() - left)).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void turnThatCannotBeStored_endsWithAnErrorAndIsNotToBeSentAgain() throws Exception {
        HttpResponse<String> answer = askAndTakeTheTurnAway("stolen", "");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(json(answer).at("/error/code").asString()).isEqualTo("conversation_busy");
        assertThat(answer.headers().firstValue("X-Should-Retry")).hasValue("false");
    }

    @Test
    void streamedTurnThatCannotBeStored_endsWithAnErrorInsteadOfDone() throws Exception {
        HttpResponse<String> answer = askAndTakeTheTurnAway("stolen-stream", ",\"stream\":true");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"code\":\"conversation_busy\"").doesNotContain("[DONE]", "\"stop\"");
    }

    /** As a turn of another pod does, which takes this one for dead. */
    private static HttpResponse<String> askAndTakeTheTurnAway(String conversation, String more) throws Exception {
        var redis = demo.bean(ReactiveStringRedisTemplate.class);
        int begun = demo.agent().begun.get();
        var answer = Chat.HTTP.sendAsync(request(conversation, Chat.body("doze", more)), BodyHandlers.ofString());
        await().until(() -> demo.agent().begun.get() > begun);
        redis.opsForValue()
                .set("conversation:{anonymous/demo/" + conversation + "}:last", "another turn")
                .block();
        return answer.get();
    }

    @Test
    void headerAndMetadataThatDisagree_areRefused() throws Exception {
        HttpResponse<String> response = ask("one", "say Hello", ",\"metadata\":{\"conversation_id\":\"two\"}");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).at("/error/code").asString()).isEqualTo("invalid_request");
        assertThat(json(response).at("/error/param").asString()).isEqualTo("metadata.conversation_id");
        assertThat(json(response).at("/error/message").asString())
                .contains("X-Conversation-Id", "metadata.conversation_id");
    }

    @Test
    void headerSentTwice_isRefused() throws Exception {
        HttpResponse<String> response = Chat.HTTP.send(
                HttpRequest.newBuilder(request("one", Chat.body("say Hello", "")), (n, v) -> true)
                        .header("X-Conversation-Id", "two")
                        .build(),
                BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).at("/error/param").asString()).isEqualTo("X-Conversation-Id");
    }

    @ParameterizedTest
    @CsvSource({"a, 1", "A.b_c:d-9, 1", "x, 128"})
    void conversationWithinTheBounds_isAccepted(String part, int times) throws Exception {
        assertThat(ask(part.repeat(times), "say Hello", "").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two words", "a/b", "{a}", "ü", "128+1"})
    void conversationBeyondTheBounds_isRefused(String conversation) throws Exception {
        String id = "128+1".equals(conversation) ? "x".repeat(129) : conversation;

        HttpResponse<String> response = ask(null, "say Hello", ",\"metadata\":{\"conversation_id\":\"" + id + "\"}");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).at("/error/param").asString()).isEqualTo("metadata.conversation_id");
    }

    private static HttpResponse<String> ask(@Nullable String conversation, String question, String more)
            throws IOException, InterruptedException {
        return post(conversation, Chat.body(question, more));
    }

    private static HttpResponse<String> post(@Nullable String conversation, String body)
            throws IOException, InterruptedException {
        return Chat.HTTP.send(request(conversation, body), BodyHandlers.ofString());
    }

    private static HttpRequest request(@Nullable String conversation, String body) {
        var request =
                HttpRequest.newBuilder(Chat.request(demo.uri("/v1/chat/completions"), body), (name, value) -> true);
        return (conversation == null ? request : request.header("X-Conversation-Id", conversation)).build();
    }

    private static String text(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return json(response).at("/choices/0/message/content").asString();
    }

    private static JsonNode json(HttpResponse<String> response) {
        return JsonMapper.shared().readTree(response.body());
    }
}
