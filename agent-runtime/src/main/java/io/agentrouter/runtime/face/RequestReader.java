package io.agentrouter.runtime.face;

import io.agentrouter.runtime.AgentProperties;
import io.agentrouter.runtime.agent.AgentException;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.channel.AbortedException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;

/** Reads a request's body, bounded in bytes and silence, and checks it. */
final class RequestReader {

    private final AgentProperties properties;

    RequestReader(AgentProperties properties) {
        this.properties = properties;
    }

    /**
     * The checked request; or an {@link AgentException} that says what is wrong with it, or an {@link AbortedException}
     * when its client left.
     */
    Mono<ChatRequest> read(ServerHttpRequest request) {
        long most = properties.maxBody().toBytes();
        if (request.getHeaders().getContentLength() > most) {
            return Mono.error(this::tooLarge);
        }
        return request.getBody()
                .onErrorMap(IOException.class, AbortedException::new)
                .timeout(properties.bodyIdle())
                .collect(
                        () -> new HeapBody(request.getHeaders().getContentLength(), Math.toIntExact(most)),
                        HeapBody::add)
                .doOnDiscard(DataBuffer.class, DataBufferUtils::release)
                .onErrorMap(DataBufferLimitException.class, e -> tooLarge())
                .onErrorMap(TimeoutException.class, e -> tooSlow())
                .filter(body -> !body.isTooLarge())
                .switchIfEmpty(Mono.error(this::tooLarge))
                .publishOn(Schedulers.boundedElastic())
                .map(body -> ChatRequest.of(parse(body), properties.acceptsFiles()));
    }

    private static JsonNode parse(HeapBody body) {
        if (body.isEmpty()) {
            throw invalidJson("The body is empty: send a JSON object.");
        }
        try {
            JsonNode json = RequestJson.read(body.bytes(), body.size());
            if (!json.isObject()) {
                throw invalidJson("The body must be a JSON object.");
            }
            return json;
        } catch (JacksonException e) {
            TokenStreamLocation at = e.getLocation();
            throw invalidJson(
                    at == null
                            ? "The body is not valid JSON."
                            : "The body is not valid JSON at line %d, column %d."
                                    .formatted(at.getLineNr(), at.getColumnNr()));
        }
    }

    private static AgentException invalidJson(String message) {
        return new AgentException(400, "invalid_json", null, message);
    }

    private AgentException tooLarge() {
        return new AgentException(
                413,
                "payload_too_large",
                null,
                "The body is larger than %d bytes, the most that this agent takes: send less."
                        .formatted(properties.maxBody().toBytes()));
    }

    private AgentException tooSlow() {
        return new AgentException(
                408,
                "body_timeout",
                null,
                "The body stopped arriving for %d s: send it again."
                        .formatted(properties.bodyIdle().toSeconds()));
    }
}
