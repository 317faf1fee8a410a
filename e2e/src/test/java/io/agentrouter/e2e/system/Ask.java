package io.agentrouter.e2e.system;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * A Chat Completions request to be.
 *
 * @param type agent type
 * @param way how it is named
 * @param content the question: text, or content parts
 * @param fields further fields of the body
 * @param headerList names and values in turn
 */
public record Ask(String type, Way way, Object content, Map<String, Object> fields, List<String> headerList) {

    /** A whole answer, the type named by {@code model}. */
    public static Ask of(String type, String question) {
        return new Ask(type, Way.MODEL, question, Map.of(), List.of());
    }

    public Ask by(Way other) {
        return new Ask(type, other, content, fields, headerList);
    }

    public Ask with(String field, Object value) {
        Map<String, Object> more = new HashMap<>(fields);
        more.put(field, value);
        return new Ask(type, way, content, more, headerList);
    }

    public Ask streamed() {
        return with("stream", true);
    }

    public Ask header(String name, String value) {
        List<String> more = new ArrayList<>(headerList);
        more.addAll(List.of(name, value));
        return new Ask(type, way, content, fields, more);
    }

    /** Sends a file along, as an OpenAI file part. */
    public Ask file(String name, byte[] bytes) {
        String data =
                "data:application/octet-stream;base64," + Base64.getEncoder().encodeToString(bytes);
        List<Object> parts = List.of(
                Map.of("type", "text", "text", content),
                Map.of("type", "file", "file", Map.of("filename", name, "file_data", data)));
        return new Ask(type, way, parts, fields, headerList);
    }

    public String path() {
        return switch (way) {
            case PATH -> "/agents/" + type + "/v1/chat/completions";
            case QUERY -> "/v1/chat/completions?agent-type=" + type;
            case HEADER, MODEL -> "/v1/chat/completions";
        };
    }

    /** SDKs always send a model, whichever way names the type. */
    public String body() {
        Map<String, Object> body = new HashMap<>(fields);
        body.put("model", way == Way.MODEL ? type : "gpt-4o");
        body.put("messages", List.of(Map.of("role", "user", "content", content)));
        return JsonMapper.shared().writeValueAsString(body);
    }

    public String[] headers() {
        List<String> all = new ArrayList<>(headerList);
        if (way == Way.HEADER) {
            all.addAll(List.of("X-Agent-Type", type));
        }
        return all.toArray(String[]::new);
    }
}
