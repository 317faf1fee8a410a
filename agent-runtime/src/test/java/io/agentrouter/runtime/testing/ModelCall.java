package io.agentrouter.runtime.testing;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A request that the scripted model received, and what became of its connection. */
public final class ModelCall {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Instant arrived = Instant.now();
    private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final JsonNode body;
    private final CompletableFuture<Instant> closedByClient = new CompletableFuture<>();

    ModelCall(Iterable<Map.Entry<String, String>> headers, String body) {
        headers.forEach(header -> this.headers.put(header.getKey(), header.getValue()));
        this.body = JSON.readTree(body);
    }

    public Instant arrived() {
        return arrived;
    }

    /** The value of a header, whatever its case. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** The whole request. */
    public JsonNode body() {
        return body;
    }

    public List<JsonNode> messages() {
        return body.path("messages").valueStream().toList();
    }

    /** The texts of the messages by the user, those that the agent remembered included. */
    public List<String> userMessages() {
        return messages().stream()
                .filter(message -> message.path("role").asString("").equals("user"))
                .map(message -> text(message.path("content")))
                .toList();
    }

    /** The text of the last message by the user; empty if there is none. */
    public String question() {
        List<String> all = userMessages();
        return all.isEmpty() ? "" : all.getLast();
    }

    /** Each tool that was offered, with {@code name} and {@code parameters}. */
    public List<JsonNode> tools() {
        return body.path("tools")
                .valueStream()
                .map(tool -> tool.path("function"))
                .toList();
    }

    /** Results of tools since the last message by the user, oldest first. */
    public List<String> toolResults() {
        return messages().reversed().stream()
                .takeWhile(message -> !message.path("role").asString("").equals("user"))
                .filter(message -> message.path("role").asString("").equals("tool"))
                .map(message -> text(message.path("content")))
                .toList()
                .reversed();
    }

    /** When the client closed the connection before its answer was complete; empty while it has not. */
    public Optional<Instant> closedByClient() {
        return Optional.ofNullable(closedByClient.getNow(null));
    }

    /** Waits for the client to close the connection before its answer is complete. */
    public Instant awaitClosedByClient(Duration atMost) {
        return closedByClient
                .orTimeout(atMost.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    boolean wantsUsage() {
        return body.path("stream_options").path("include_usage").asBoolean(false);
    }

    void markClosedByClient() {
        closedByClient.complete(Instant.now());
    }

    private static String text(JsonNode content) {
        return content.isArray()
                ? String.join(
                        "",
                        content.valueStream()
                                .map(part -> part.path("text").asString(""))
                                .toList())
                : content.asString("");
    }
}
