package io.agentrouter.gateway.route;

import io.agentrouter.gateway.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Errors in a stream, as OpenAI SDKs raise them: by a top-level {@code error}. */
final class ErrorEvents {

    private final JsonMapper json;

    ErrorEvents(JsonMapper json) {
        this.json = json;
    }

    /** What went wrong. */
    DataBuffer of(ProblemException problem, DataBufferFactory buffers) {
        return event(problem.problem().error(), buffers);
    }

    /** The error that an agent's error body tells, if it is one. */
    Optional<DataBuffer> of(byte[] body, DataBufferFactory buffers) {
        try {
            JsonNode error = json.readTree(body).path("error");
            return error.isObject() ? Optional.of(event(error, buffers)) : Optional.empty();
        } catch (JacksonException noJson) {
            return Optional.empty();
        }
    }

    /** The blank line closes an event that was cut in two. */
    private DataBuffer event(Object error, DataBufferFactory buffers) {
        String data = json.writeValueAsString(Map.of("error", error));
        return buffers.wrap(("\n\ndata: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
    }
}
