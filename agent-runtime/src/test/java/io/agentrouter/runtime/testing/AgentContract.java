package io.agentrouter.runtime.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import redis.embedded.RedisServer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What docs/contract.md asks of every agent, asked of one: extend it with the agent's application, and its tests are the
 * agent's. The agent runs on a port of its own, with a Redis and without a model key.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class AgentContract {

    private static final String PATH = "/v1/chat/completions";

    private final HttpClient http = HttpClient.newHttpClient();
    private final Class<?> application;
    private final String[] settings;
    private @Nullable RedisServer redis;
    private @Nullable ConfigurableApplicationContext agent;

    /**
     * @param application the agent's {@code @SpringBootApplication}
     * @param settings more settings, each {@code key=value}
     */
    protected AgentContract(Class<?> application, String... settings) {
        this.application = application;
        this.settings = settings.clone();
    }

    @BeforeAll
    void startAgent() {
        RedisServer server = RedisServers.start();
        redis = server;
        Stream<String> usual = Stream.of(
                "server.port=0",
                "server.address=127.0.0.1",
                "model.api-key=",
                "agent.lame-duck=0s",
                "spring.data.redis.url=redis://127.0.0.1:" + server.ports().getFirst());
        agent = SpringApplication.run(
                application,
                Stream.concat(usual, Arrays.stream(settings)).map("--"::concat).toArray(String[]::new));
    }

    @AfterAll
    void stopAgent() throws IOException {
        if (agent != null) {
            agent.close();
        }
        if (redis != null) {
            redis.stop();
        }
    }

    @Test
    void question_isAnsweredAsOneChatCompletion() throws Exception {
        HttpResponse<String> response = post(question(""));

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        JsonNode answer = json(response);
        assertThat(answer.path("object").asString()).isEqualTo("chat.completion");
        assertThat(answer.path("id").asString()).startsWith("chatcmpl-");
        assertThat(answer.at("/choices/0/message/role").asString()).isEqualTo("assistant");
        assertThat(answer.at("/choices/0/message/content").asString()).isNotBlank();
        assertThat(answer.at("/choices/0/finish_reason").asString()).isEqualTo("stop");
        assertThat(answer.at("/usage/total_tokens").isIntegralNumber()).isTrue();
        assertThat(answer.path("system_fingerprint").asString()).isEqualTo("offline");
    }

    @Test
    void streamedQuestion_isAnsweredWithRoleTextFinishUsageAndDone() throws Exception {
        HttpResponse<String> response = post(question(",\"stream\":true,\"stream_options\":{\"include_usage\":true}"));

        assertThat(header(response, "Content-Type")).startsWith("text/event-stream");
        List<String> events = Arrays.stream(response.body().split("\n\n"))
                .filter(event -> !event.startsWith(":"))
                .toList();
        assertThat(events.getFirst()).contains("\"delta\":{\"role\":\"assistant\",\"content\":\"\"}");
        assertThat(events.get(events.size() - 3)).contains("\"finish_reason\":\"stop\"");
        assertThat(events.get(events.size() - 2)).contains("\"choices\":[]", "\"total_tokens\"");
        assertThat(events.getLast()).isEqualTo("data: [DONE]");
    }

    @Test
    void health_isOkAndNamesItsModes() throws Exception {
        HttpResponse<String> response = await().atMost(Duration.ofSeconds(20))
                .until(() -> get("/health"), health -> health.statusCode() == 200);

        assertThat(json(response).path("status").asString()).isEqualTo("ok");
        assertThat(json(response).at("/checks/redis").asString()).isEqualTo("ok");
        assertThat(json(response).path("modes").toString()).contains("offline");
        assertThat(get("/livez").statusCode()).isEqualTo(200);
    }

    @Test
    void slots_areToldAtOnce() throws Exception {
        HttpResponse<InputStream> response =
                http.send(HttpRequest.newBuilder(uri("/slots")).build(), BodyHandlers.ofInputStream());
        try (InputStream events = response.body()) {
            String first = new String(events.readNBytes(6), StandardCharsets.UTF_8);
            assertThat(first).isEqualTo("data: ");
            StringBuilder json = new StringBuilder();
            for (int c = events.read(); c != '\n'; c = events.read()) {
                json.append((char) c);
            }
            JsonNode state = JsonMapper.shared().readTree(json.toString());
            assertThat(state.path("slots").asInt()).isPositive();
            assertThat(state.path("free").asInt()).isEqualTo(state.path("slots").asInt());
            assertThat(state.path("draining").asBoolean(true)).isFalse();
        }
    }

    @Test
    void mistakes_areAnsweredInTheOneErrorBody() throws Exception {
        error(post("{"), 400, "invalid_json");
        error(post("{\"messages\":[]}"), 400, "invalid_request");
        assertThat(error(post(question(",\"n\":2")), 400, "unsupported_field")
                        .path("param")
                        .asString())
                .isEqualTo("n");
        error(get("/no-such-path"), 404, "not_found");
        HttpResponse<String> wrongMethod = get(PATH);
        error(wrongMethod, 405, "method_not_allowed");
        assertThat(header(wrongMethod, "Allow")).isEqualTo("POST");
        error(
                send(HttpRequest.newBuilder(uri(PATH)).POST(BodyPublishers.ofString("{}"))),
                415,
                "unsupported_media_type");
    }

    @Test
    void requestIdAndTrace_areReturned() throws Exception {
        String trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        HttpResponse<String> kept = send(HttpRequest.newBuilder(uri("/health"))
                .header("X-Request-Id", "my.own_id-1")
                .header("traceparent", trace));

        assertThat(header(kept, "X-Request-Id")).isEqualTo("my.own_id-1");
        assertThat(header(kept, "traceparent")).isEqualTo(trace);
        assertThat(header(get("/health"), "X-Request-Id")).matches("[A-Za-z0-9._-]{1,128}");
    }

    private static String question(String more) {
        return "{\"messages\":[{\"role\":\"user\",\"content\":\"How much memory does the coding agent get?\"}]%s}"
                .formatted(more);
    }

    private JsonNode error(HttpResponse<String> response, int status, String code) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(header(response, "Content-Type")).isEqualTo("application/problem+json");
        assertThat(header(response, "X-Should-Retry")).isEqualTo("false");
        assertThat(json(response).path("type").asString()).isEqualTo("urn:agent-router:error:" + code);
        assertThat(json(response).path("status").asInt()).isEqualTo(status);
        JsonNode error = json(response).path("error");
        assertThat(error.path("code").asString()).isEqualTo(code);
        assertThat(error.path("message").asString()).isNotBlank();
        return error;
    }

    private HttpResponse<String> post(String body) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(PATH))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(path)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private URI uri(String path) {
        String port = Objects.requireNonNull(agent).getEnvironment().getProperty("local.server.port");
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    private static JsonNode json(HttpResponse<String> response) {
        return JsonMapper.shared().readTree(response.body());
    }
}
