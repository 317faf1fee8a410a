package io.agentrouter.gateway.route;

import io.agentrouter.gateway.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
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
    byte[] of(ProblemException problem) {
        return event(problem.problem().error());
    }

    /** The error that an agent's error body tells, if it is one. */
    Optional<byte[]> of(byte[] body) {
        try {
            JsonNode error = json.readTree(body).path("error");
            return error.isObject() ? Optional.of(event(error)) : Optional.empty();
        } catch (JacksonException noJson) {
            return Optional.empty();
        }
    }

    /** The blank line closes an event that was cut in two. */
    private byte[] event(Object error) {
        String data = json.writeValueAsString(Map.of("error", error));
        return ("\n\ndata: " + data + "\n\n").getBytes(StandardCharsets.UTF_8);
    }
}
