package io.agentrouter.e2e.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.errors.SseException;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.services.blocking.chat.ChatCompletionService;
import io.agentrouter.e2e.system.Answer;
import io.agentrouter.e2e.system.Ask;
import io.agentrouter.e2e.system.Client;
import io.agentrouter.e2e.system.OpenStream;
import io.agentrouter.runtime.testing.Script;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.json.JsonMapper;

/** An agent's process that ends while clients wait for it. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AgentThatEndsTest {

    private static final int SIGTERM = 143;
    private static final Ask QUESTION = Ask.of("qa", "How much memory does the coding agent get?");

    private static final ChatCompletionCreateParams PARAMS = ChatCompletionCreateParams.builder()
            .model("qa")
            .addUserMessage("How much memory does the coding agent get?")
            .build();

    private final BreakingAgent counting = BreakingAgent.start(false);
    private final BreakingAgent chunking = BreakingAgent.start(true);
    private final Parts parts = Parts.start(Map.of("counting", counting.url(), "chunking", chunking.url()));
    private final Client client = parts.client();

    @BeforeEach
    void healthyAgent() {
        parts.model().reset();
        parts.restartAgent();
    }

    @AfterAll
    void stop() {
        parts.close();
        counting.close();
        chunking.close();
    }

    @Test
    void agentThatIsKilled_endsStreamsWithAnErrorEvent_andWholeAnswersWithAnError() {
        parts.model().otherwise(call -> Script.text("It gets ").thenSilence());
        OpenStream stream = client.open(QUESTION.streamed()).awaitText("It gets");
        CompletableFuture<Answer> whole = CompletableFuture.supplyAsync(() -> client.ask(QUESTION));
        try (StreamResponse<ChatCompletionChunk> sdk = sdk().createStreaming(PARAMS)) {
            Iterator<ChatCompletionChunk> chunks = sdk.stream().iterator();
            chunks.next();
            await().until(() -> parts.model().calls().size() == 3);

            parts.agent().kill();

            List<String> rest = stream.rest();
            assertThat(rest)
                    .last()
                    .satisfies(event -> assertThat(JsonMapper.shared()
                                    .readTree(event)
                                    .at("/error/code")
                                    .asString())
                            .isEqualTo("stream_interrupted"));
            assertThatExceptionOfType(SseException.class)
                    .isThrownBy(() -> chunks.forEachRemaining(chunk -> {}))
                    .satisfies(error -> assertThat(error.code()).contains("stream_interrupted"));
        }
        fails(whole.join(), 502, "agent_failed", "false");

        Answer next = client.ask(QUESTION);
        fails(next, 503, "agent_unreachable", "true");
        assertThat(next.header("Retry-After")).isNotBlank();
    }

    @Test
    void agentThatBreaksOffInItsJson_leavesAnAnswerThatNobodyTakesForWhole() {
        assertThatExceptionOfType(Client.Broken.class).isThrownBy(() -> client.ask(Ask.of("chunking", "?")));
    }

    @Test
    void agentThatBreaksOffInJsonOfAKnownShortLength_isAnErrorInstead() {
        fails(client.ask(Ask.of("counting", "?")), 502, "stream_interrupted", "false");
    }

    @Test
    void agentThatIsAskedToEnd_finishesItsStreamAndRefusesNewRuns() throws IOException {
        CompletableFuture<Void> seen = new CompletableFuture<>();
        parts.model().next(Script.text("It gets ").until(seen).andText("4Gi."));
        try (OpenStream stream = client.open(QUESTION.streamed()).awaitText("It gets")) {
            parts.agent().terminate();

            await().untilAsserted(() -> {
                Answer refused = client.ask(QUESTION.header("Prefer", "wait=0"));
                fails(refused, 503, "agent_busy", "true");
            });
            assertThat(parts.agent().status("/health")).isEqualTo(503);
            seen.complete(null);
            assertThat(stream.awaitText("4Gi.").rest()).last().isEqualTo("[DONE]");
        }
        assertThat(parts.agent().awaitExit()).isEqualTo(SIGTERM);
    }

    private ChatCompletionService sdk() {
        return OpenAIOkHttpClient.builder()
                .baseUrl(parts.url() + "/v1")
                .apiKey("any")
                .build()
                .chat()
                .completions();
    }

    private static void fails(Answer answer, int status, String code, String retry) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.json().at("/error/code").asString()).isEqualTo(code);
        assertThat(answer.header("X-Should-Retry")).isEqualTo(retry);
    }
}
