package io.agentrouter.runtime.testing;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** The events of OpenAI's Chat Completions stream, as bytes on the wire. */
final class Chunks {

    static final String DONE = "data: [DONE]\n\n";
    private static final JsonMapper JSON = JsonMapper.shared();

    private Chunks() {}

    static String text(String piece) {
        return delta(Map.of("content", piece));
    }

    static String toolStart(int index, String name) {
        Map<String, Object> function = Map.of("name", name, "arguments", "");
        return delta(Map.of(
                "tool_calls",
                List.of(Map.of("index", index, "id", "call_" + index, "type", "function", "function", function))));
    }

    static String toolArguments(int index, String piece) {
        return delta(Map.of("tool_calls", List.of(Map.of("index", index, "function", Map.of("arguments", piece)))));
    }

    static String finish(String reason) {
        return chunk(List.of(Map.of("index", 0, "delta", Map.of(), "finish_reason", reason)), Map.of());
    }

    static String usage(long prompt, long completion) {
        Map<String, Object> usage =
                Map.of("prompt_tokens", prompt, "completion_tokens", completion, "total_tokens", prompt + completion);
        return chunk(List.of(), Map.of("usage", usage));
    }

    /** An error body that repeats what the client sent, to see whether that reaches anyone. */
    static String error(int status, String secret) {
        String message = "Scripted " + status + "; you sent " + secret;
        return JSON.writeValueAsString(
                Map.of("error", Map.of("message", message, "type", "scripted", "code", "scripted")));
    }

    private static String delta(Map<String, Object> delta) {
        return chunk(List.of(Map.of("index", 0, "delta", delta)), Map.of());
    }

    private static String chunk(List<?> choices, Map<String, Object> more) {
        Map<String, Object> chunk = new java.util.TreeMap<>(Map.of(
                "id", "chatcmpl-scripted", "object", "chat.completion.chunk", "created", 1, "model", "scripted"));
        chunk.put("choices", choices);
        chunk.putAll(more);
        return "data: " + JSON.writeValueAsString(chunk) + "\n\n";
    }
}
