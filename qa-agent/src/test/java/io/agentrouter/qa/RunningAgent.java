package io.agentrouter.qa;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole application on a port of its own, asked as any client would. */
final class RunningAgent implements AutoCloseable {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final JsonMapper JSON = JsonMapper.shared();

    private final ConfigurableApplicationContext context;

    private RunningAgent(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** Starts one offline, on the documents that it ships with, unless settings, each {@code key=value}, say else. */
    static RunningAgent start(String... settings) {
        return start(List.of(), settings);
    }

    /** Starts one with more beans. */
    static RunningAgent start(List<Class<?>> more, String... settings) {
        Class<?>[] sources = Stream.concat(Stream.of(QaAgentApplication.class), more.stream())
                .toArray(Class<?>[]::new);
        Stream<String> usual =
                Stream.of("server.port=0", "server.address=127.0.0.1", "agent.lame-duck=0s", "model.api-key=");
        return new RunningAgent(new SpringApplicationBuilder(sources)
                .run(Stream.concat(usual, Stream.of(settings)).map("--"::concat).toArray(String[]::new)));
    }

    /** Asks and gives the whole response. */
    HttpResponse<String> ask(String question) {
        return post(Map.of("model", "qa", "messages", List.of(Map.of("role", "user", "content", question))));
    }

    /** Asks a question that is answered, and gives the answer's message. */
    JsonNode answer(String question) {
        return message(ask(question));
    }

    HttpResponse<String> post(Map<String, Object> body) {
        return send(HttpRequest.newBuilder(uri("/v1/chat/completions"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(JSON.writeValueAsString(body))));
    }

    HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(uri(path)));
    }

    static JsonNode json(HttpResponse<String> response) {
        return JSON.readTree(response.body());
    }

    static JsonNode message(HttpResponse<String> response) {
        if (response.statusCode() != 200) {
            throw new AssertionError(response.statusCode() + " " + response.body());
        }
        return json(response).at("/choices/0/message");
    }

    private URI uri(String path) {
        return URI.create(
                "http://127.0.0.1:%s%s".formatted(context.getEnvironment().getProperty("local.server.port"), path));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.timeout(Duration.ofSeconds(60)).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
