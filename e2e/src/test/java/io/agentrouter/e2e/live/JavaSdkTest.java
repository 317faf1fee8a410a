package io.agentrouter.e2e.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.InternalServerException;
import com.openai.errors.NotFoundException;
import com.openai.errors.SseException;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import io.agentrouter.e2e.system.Ask;
import io.agentrouter.e2e.system.LiveSystem;
import io.agentrouter.e2e.system.OpenStream;
import io.agentrouter.e2e.system.SharedSystem;
import io.agentrouter.runtime.testing.Script;
import io.agentrouter.runtime.testing.ScriptedModelServer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** OpenAI's SDK for Java. */
@ExtendWith(SharedSystem.class)
class JavaSdkTest {

    private static final int CODING_SLOTS = 4;

    private final LiveSystem system;
    private final ScriptedModelServer model;
    private final OpenAIClient openAi;

    JavaSdkTest(LiveSystem system) {
        this.system = system;
        model = system.freshModel();
        openAi = OpenAIOkHttpClient.builder()
                .baseUrl(system.url() + "/v1")
                .apiKey("any")
                .build();
    }

    @AfterEach
    void close() {
        openAi.close();
    }

    @Test
    void wholeAnswer_isReadWithItsUsage() {
        model.next(Script.text("It gets ", "4Gi.").usage(120, 7));

        ChatCompletion answer = openAi.chat().completions().create(asking("qa"));

        assertThat(answer.choices().getFirst().message().content().orElse("")).contains("It gets 4Gi.");
        assertThat(answer.usage().orElseThrow().totalTokens()).isEqualTo(127);
    }

    @Test
    void stream_isReadPieceByPieceWithUsageLast() {
        model.next(Script.text("It gets ", "4Gi.").usage(120, 7));
        ChatCompletionCreateParams params = asking("coding").toBuilder()
                .streamOptions(
                        ChatCompletionStreamOptions.builder().includeUsage(true).build())
                .build();

        try (StreamResponse<ChatCompletionChunk> stream =
                openAi.chat().completions().createStreaming(params)) {
            List<ChatCompletionChunk> chunks = stream.stream().toList();

            assertThat(String.join(
                            "", chunks.stream().flatMap(JavaSdkTest::text).toList()))
                    .contains("It gets 4Gi.");
            assertThat(chunks.getLast().usage().orElseThrow().totalTokens()).isEqualTo(127);
        }
    }

    @Test
    void errorInMidStream_isRaisedAfterWhatCameBefore() {
        model.next(Script.text("It gets ").resetInChunk("4Gi"));
        List<String> read = new ArrayList<>();

        try (StreamResponse<ChatCompletionChunk> stream =
                openAi.chat().completions().createStreaming(asking("qa"))) {
            assertThatExceptionOfType(SseException.class)
                    .isThrownBy(() -> stream.stream().flatMap(JavaSdkTest::text).forEachOrdered(read::add))
                    .satisfies(error -> assertThat(error.code()).contains("model_unavailable"))
                    .withMessageContaining("broke off");
        }
        assertThat(read).contains("It gets ");
    }

    @Test
    void unknownType_isRaisedAsNotFoundWithTheKnownOnes() {
        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> openAi.chat().completions().create(asking("legal")))
                .withMessageContainingAll("legal", "coding", "qa")
                .satisfies(error -> assertThat(error.code()).contains("agent_type_unknown"));
    }

    @Test
    void fieldWithoutSupport_isRaisedAsABadRequestThatNamesIt() {
        assertThatExceptionOfType(BadRequestException.class)
                .isThrownBy(() -> openAi.chat()
                        .completions()
                        .create(asking("qa").toBuilder().n(2).build()))
                .withMessageContaining("`n`")
                .satisfies(error -> assertThat(error.param()).contains("n"));
    }

    @Test
    void runThatFailed_isNotSentAgain() {
        model.otherwise(call -> Script.status(400));

        assertThatExceptionOfType(InternalServerException.class)
                .isThrownBy(() -> openAi.chat().completions().create(asking("qa")))
                .satisfies(error -> assertThat(error.code()).contains("model_rejected"));

        assertThat(model.calls()).hasSize(1);
    }

    @Test
    void runThatWasRefusedBeforeItBegan_isSentAgainUntilASlotIsFree() {
        model.otherwise(call -> Script.text("working ").thenSilence());
        List<OpenStream> running = new ArrayList<>();
        Ask ask = Ask.of("coding", "Take your time.").streamed();
        try {
            for (int i = 0; i < CODING_SLOTS; i++) {
                running.add(system.client().open(ask).awaitText("working"));
            }
            model.otherwise(call -> Script.text("Done."));
            assertThat(system.client().ask(ask.header("Prefer", "wait=0")).status())
                    .isEqualTo(503);

            // The SDK asks three times, about a second apart, as Retry-After says.
            CompletableFuture<Void> leaves = CompletableFuture.runAsync(
                    () -> running.forEach(OpenStream::close),
                    CompletableFuture.delayedExecutor(700, TimeUnit.MILLISECONDS));
            ChatCompletion answer = openAi.chat()
                    .completions()
                    .create(asking("coding").toBuilder()
                            .putAdditionalHeader("Prefer", "wait=0")
                            .build());

            leaves.join();
            assertThat(answer.choices().getFirst().message().content().orElse(""))
                    .contains("Done.");
        } finally {
            running.forEach(OpenStream::close);
        }
    }

    private static ChatCompletionCreateParams asking(String type) {
        return ChatCompletionCreateParams.builder()
                .model(type)
                .addUserMessage("How much memory does the coding agent get?")
                .build();
    }

    private static Stream<String> text(ChatCompletionChunk chunk) {
        return chunk.choices().stream().flatMap(choice -> choice.delta().content().stream());
    }
}
