package io.agentrouter.sandbox;

import io.netty.buffer.Unpooled;
import io.netty.channel.unix.DomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Speaks to a sandbox as an agent does: HTTP over its socket, one connection a request. */
public final class SandboxClient {

    /** A status and the JSON body that came with it. */
    public record Answer(int status, JsonNode body) {}

    private final JsonMapper json = JsonMapper.shared();
    private final HttpClient http;

    public SandboxClient(Path socket) {
        this.http = HttpClient.create(ConnectionProvider.newConnection())
                .remoteAddress(() -> new DomainSocketAddress(socket.toString()))
                .responseTimeout(Duration.ofSeconds(60));
    }

    public JsonNode run(String workspace, int timeoutSeconds, String... command) {
        Answer answer =
                exec(Map.of("workspace", workspace, "timeoutSeconds", timeoutSeconds, "command", List.of(command)));
        if (answer.status() != 200) {
            throw new AssertionError(answer);
        }
        return answer.body();
    }

    public JsonNode sh(String workspace, String script) {
        return run(workspace, 20, "sh", "-c", script);
    }

    public Answer exec(Object body) {
        return Objects.requireNonNull(later(body).block());
    }

    public Mono<Answer> later(Object body) {
        byte[] bytes =
                body instanceof String text ? text.getBytes(StandardCharsets.UTF_8) : json.writeValueAsBytes(body);
        return answer(http.headers(headers -> headers.set("Content-Type", "application/json"))
                .post()
                .uri("/v1/exec")
                .send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(bytes))));
    }

    public Answer get(String path) {
        return Objects.requireNonNull(answer(http.get().uri(path)).block());
    }

    /** Whether a sandbox answers. */
    boolean isThere() {
        return Boolean.TRUE.equals(answer(http.get().uri("/livez"))
                .map(answer -> true)
                .onErrorReturn(false)
                .block());
    }

    public Answer delete(String path) {
        return Objects.requireNonNull(answer(http.delete().uri(path)).block());
    }

    private Mono<Answer> answer(HttpClient.ResponseReceiver<?> receiver) {
        return receiver.responseSingle((head, body) -> body.asString()
                .defaultIfEmpty("null")
                .map(text -> new Answer(head.status().code(), json.readTree(text))));
    }
}
