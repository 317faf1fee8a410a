package io.agentrouter.runtime.face;

import io.agentrouter.runtime.agent.FinishReason;
import io.agentrouter.runtime.agent.RunEvent;
import io.agentrouter.runtime.agent.RunInput.ModelMode;
import io.agentrouter.runtime.face.ChatCompletionChunk.AgentEvent;
import io.agentrouter.runtime.face.ChatCompletionChunk.Choice;
import io.agentrouter.runtime.face.ChatCompletionChunk.Delta;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What all parts of one answer have in common. */
record Envelope(String id, long created, String model, String fingerprint) {

    static Envelope of(String runId, String agentType) {
        return new Envelope("chatcmpl-" + runId, Instant.now().getEpochSecond(), agentType, inWords(ModelMode.LIVE));
    }

    Envelope in(ModelMode mode) {
        return new Envelope(id, created, model, inWords(mode));
    }

    ChatCompletion completion(Answer answer, FinishReason reason) {
        List<Annotation> annotations = answer.listSources();
        ChatCompletion.Message message = new ChatCompletion.Message("assistant", answer.text(), null, annotations);
        return new ChatCompletion(
                id,
                "chat.completion",
                created,
                model,
                fingerprint,
                List.of(new ChatCompletion.Choice(0, message, null, ChatCompletion.inWords(reason))),
                ChatCompletion.Usage.of(answer.usage()));
    }

    ChatCompletionChunk delta(Delta delta) {
        return chunk(List.of(new Choice(0, delta, null)), null, null);
    }

    ChatCompletionChunk end(FinishReason reason) {
        return chunk(List.of(new Choice(0, Delta.EMPTY, ChatCompletion.inWords(reason))), null, null);
    }

    ChatCompletionChunk usage(Answer answer) {
        return chunk(List.of(), ChatCompletion.Usage.of(answer.usage()), null);
    }

    ChatCompletionChunk called(RunEvent.ToolCalled call) {
        return event(
                new AgentEvent("tool_call", call.request().id(), call.request().name(), null));
    }

    ChatCompletionChunk returned(RunEvent.ToolReturned result) {
        return event(new AgentEvent(
                "tool_result",
                result.request().id(),
                result.request().name(),
                result.output().failed()));
    }

    /** With an empty delta, since some clients read the first choice of every chunk. */
    private ChatCompletionChunk event(AgentEvent event) {
        return chunk(List.of(new Choice(0, Delta.EMPTY, null)), null, event);
    }

    private static String inWords(ModelMode mode) {
        return mode.name().toLowerCase(Locale.ROOT);
    }

    private ChatCompletionChunk chunk(
            List<Choice> choices, ChatCompletion.@Nullable Usage usage, @Nullable AgentEvent event) {
        return new ChatCompletionChunk(id, "chat.completion.chunk", created, model, fingerprint, choices, usage, event);
    }
}
