package io.agentrouter.coding;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentrouter.runtime.agent.InputFile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks an agent over HTTP, with files as OpenAI's content parts. */
final class AgentClient {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final JsonMapper JSON = JsonMapper.shared();

    private final URI base;

    AgentClient(URI base) {
        this.base = base;
    }

    /** The text of an answer with status 200. */
    String answer(InputFile... files) {
        return text(ask(Map.of(), files));
    }

    HttpResponse<String> ask(Map<String, Object> more, InputFile... files) {
        return send(request(more, files), BodyHandlers.ofString());
    }

    static String text(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return json(response).at("/choices/0/message/content").asString("");
    }

    static JsonNode json(HttpResponse<String> response) {
        return JSON.readTree(response.body());
    }

    /** The data of a streamed answer's events, as they come; closing it hangs up. */
    Stream<String> stream(InputFile... files) {
        HttpResponse<Stream<String>> response = send(request(Map.of("stream", true), files), BodyHandlers.ofLines());
        assertThat(response.statusCode()).isEqualTo(200);
        return response.body().filter(line -> line.startsWith("data: ")).map(line -> line.substring("data: ".length()));
    }

    JsonNode health() {
        return json(send(HttpRequest.newBuilder(base.resolve("/health")), BodyHandlers.ofString()));
    }

    private HttpRequest.Builder request(Map<String, Object> more, InputFile... files) {
        List<Map<String, Object>> parts = new ArrayList<>();
        for (InputFile file : files) {
            String data = Base64.getEncoder().encodeToString(file.content());
            parts.add(Map.of("type", "file", "file", Map.of("filename", file.name(), "file_data", data)));
        }
        parts.add(Map.of("type", "text", "text", "Make the tests pass."));
        Map<String, Object> body = new HashMap<>(more);
        body.put("model", "coding");
        body.put("messages", List.of(Map.of("role", "user", "content", parts)));
        return HttpRequest.newBuilder(base.resolve("/v1/chat/completions"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)));
    }

    private static <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> handler) {
        try {
            return HTTP.send(request.timeout(Duration.ofMinutes(3)).build(), handler);
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
