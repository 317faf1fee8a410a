package io.agentrouter.runtime.face;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** OpenAI's {@code chat.completion.chunk}; {@code agentEvent} is ours, and SDKs pass it by. */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(Include.NON_NULL)
record ChatCompletionChunk(
        String id,
        String object,
        long created,
        String model,
        String systemFingerprint,
        List<Choice> choices,
        ChatCompletion.@Nullable Usage usage,
        @Nullable AgentEvent agentEvent) {

    @JsonNaming(SnakeCaseStrategy.class)
    record Choice(
            int index,
            Delta delta,
            @JsonInclude(Include.ALWAYS) @Nullable String finishReason) {}

    @JsonInclude(Include.NON_NULL)
    record Delta(
            @Nullable String role,
            @Nullable String content,
            @Nullable List<Annotation> annotations) {

        static final Delta EMPTY = new Delta(null, null, null);
        static final Delta ROLE = new Delta("assistant", "", null);

        static Delta text(String text) {
            return new Delta(null, text, null);
        }
    }

    /**
     * Progress of a tool that the agent runs itself; never {@code tool_calls}, which would ask the client to run it.
     *
     * @param type {@code tool_call} or {@code tool_result}
     * @param failed null for a call
     */
    @JsonInclude(Include.NON_NULL)
    record AgentEvent(
            String type, String id, String name, @Nullable Boolean failed) {}
}
