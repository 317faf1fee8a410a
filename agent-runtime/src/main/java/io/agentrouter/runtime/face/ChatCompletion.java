package io.agentrouter.runtime.face;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.agentrouter.runtime.agent.FinishReason;
import io.agentrouter.runtime.agent.TokenUsage;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** OpenAI's {@code chat.completion}. */
@JsonNaming(SnakeCaseStrategy.class)
record ChatCompletion(
        String id,
        String object,
        long created,
        String model,
        String systemFingerprint,
        List<Choice> choices,
        Usage usage) {

    @JsonNaming(SnakeCaseStrategy.class)
    record Choice(
            int index,
            Message message,

            @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable
            Object logprobs,

            String finishReason) {}

    record Message(
            String role,
            String content,

            @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable
            String refusal,

            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Annotation> annotations) {}

    @JsonNaming(SnakeCaseStrategy.class)
    record Usage(long promptTokens, long completionTokens, long totalTokens) {

        static Usage of(TokenUsage usage) {
            return new Usage(usage.prompt(), usage.completion(), usage.total());
        }
    }

    static String inWords(FinishReason reason) {
        return reason.name().toLowerCase(Locale.ROOT);
    }
}
