package io.agentrouter.runtime.face;

import io.agentrouter.runtime.agent.InputFile;
import io.agentrouter.runtime.agent.Message;
import io.agentrouter.runtime.model.ModelOptions;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A checked request. */
record ChatRequest(
        List<Message> messages,
        List<InputFile> files,
        boolean stream,
        boolean includeUsage,
        @Nullable Long completionTokens,
        @Nullable String conversation,
        ModelOptions options) {

    static ChatRequest of(JsonNode json, boolean acceptsFiles) {
        RequestField.check(json);
        MessageReader messages = new MessageReader(acceptsFiles);
        messages.readAll(json.path("messages"));
        return new ChatRequest(
                messages.messages(),
                messages.files(),
                json.path("stream").asBoolean(false),
                json.path("stream_options").path("include_usage").asBoolean(false),
                smallest(json.path("max_completion_tokens"), json.path("max_tokens")),
                json.path("metadata").path("conversation_id").stringValue(null),
                options(json));
    }

    private static ModelOptions options(JsonNode json) {
        return new ModelOptions(
                decimal(json.path("temperature")),
                decimal(json.path("top_p")),
                null,
                stop(json.path("stop")),
                json.path("seed").isNumber() ? json.path("seed").longValue() : null,
                decimal(json.path("frequency_penalty")),
                decimal(json.path("presence_penalty")),
                null,
                json.path("reasoning_effort").stringValue(null));
    }

    private static @Nullable Long smallest(JsonNode one, JsonNode other) {
        LongStream both = LongStream.of(one.asLong(Long.MAX_VALUE), other.asLong(Long.MAX_VALUE));
        long least = both.min().orElseThrow();
        return least == Long.MAX_VALUE ? null : least;
    }

    private static @Nullable Double decimal(JsonNode node) {
        return node.isNumber() ? node.doubleValue() : null;
    }

    private static List<String> stop(JsonNode node) {
        return node.isString()
                ? List.of(node.stringValue())
                : node.valueStream().map(JsonNode::stringValue).toList();
    }
}
