package io.agentrouter.runtime.face;

import io.agentrouter.runtime.AgentProperties;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Mono;

/** Reads what a refused client still sends, and forgets it: a client that gets a reset instead never reads its answer. */
final class RestOfBody {

    private final AgentProperties properties;

    RestOfBody(AgentProperties properties) {
        this.properties = properties;
    }

    /** Ends with the body, beyond {@code agent.max-body} bytes, or after {@code agent.body-idle}; never fails. */
    Mono<Void> drain(ServerHttpRequest request) {
        return request.getBody()
                .map(RestOfBody::forget)
                .scan(0L, Long::sum)
                .takeWhile(bytes -> bytes <= properties.maxBody().toBytes())
                .take(properties.bodyIdle())
                .then()
                .onErrorComplete();
    }

    private static long forget(DataBuffer buffer) {
        long bytes = buffer.readableByteCount();
        DataBufferUtils.release(buffer);
        return bytes;
    }
}
