package io.agentrouter.e2e.system;

import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A whole answer. */
public record Answer(int status, HttpHeaders headers, String body) {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String DATA = "data: ";

    public JsonNode json() {
        return JSON.readTree(body);
    }

    /** The value of a header, empty if there is none. */
    public String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    /** What stands after {@code data: } in each event of a stream. */
    public List<String> events() {
        return body.lines()
                .filter(line -> line.startsWith(DATA))
                .map(line -> line.substring(DATA.length()))
                .toList();
    }

    /** The events of a stream that are JSON, so all but {@code [DONE]}. */
    public List<JsonNode> chunks() {
        return events().stream()
                .filter(event -> !event.equals("[DONE]"))
                .map(JSON::readTree)
                .map(Objects::requireNonNull)
                .toList();
    }

    /** What the agent said, whether it came whole or in pieces. */
    public String text() {
        if (!header("Content-Type").startsWith("text/event-stream")) {
            return json().at("/choices/0/message/content").asString("");
        }
        StringBuilder text = new StringBuilder();
        chunks().forEach(chunk ->
                text.append(chunk.at("/choices/0/delta/content").asString("")));
        return text.toString();
    }

    @Override
    public String toString() {
        return status + " " + headers.map() + "\n" + body;
    }
}
