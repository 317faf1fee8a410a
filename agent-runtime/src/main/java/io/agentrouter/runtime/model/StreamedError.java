package io.agentrouter.runtime.model;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** OpenAI's way to fail after the head is sent: an event with a top-level {@code error}, which LangChain4j passes over. */
final class StreamedError {

    private StreamedError() {}

    static boolean isIn(String data) {
        return data.contains("\"error\"") && hasError(data);
    }

    private static boolean hasError(String data) {
        try {
            return JsonMapper.shared().readTree(data).hasNonNull("error");
        } catch (JacksonException e) {
            return false;
        }
    }
}
