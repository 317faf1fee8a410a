package io.agentrouter.gateway.route;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.netty.Connection;
import reactor.netty.http.client.HttpClientResponse;

/**
 * An answer whose head is there and whose body is on the wire.
 *
 * @param length of the body in bytes; -1 where that is not announced
 * @param isEventStream whether it comes as events that the gateway can add one to
 * @param isFault whether the agent failed, and does not say that it is well itself: that its model failed, say, or that Redis is away
 * @param body comes on the event loop of {@code channel}
 * @param call learns when all of it came
 */
record AgentAnswer(
        HttpClientResponse head,
        long length,
        boolean isEventStream,
        boolean isFault,
        Flux<ByteBuf> body,
        Channel channel,
        AgentConnection call) {

    /** The header by which an agent says, for the gateway only, whether a 5xx is its own fault. */
    static final String FAULT = "X-Agent-Fault";

    private static final String ATTRIBUTE = AgentAnswer.class.getName();

    /** With body and channel of the connection as it is now: it may serve another call before the body is taken. */
    static AgentAnswer of(HttpClientResponse head, Connection wire, AgentConnection call) {
        HttpHeaders headers = head.responseHeaders();
        return new AgentAnswer(
                head,
                length(headers),
                isEventStream(headers),
                isFault(head.status().code(), headers),
                wire.inbound().receive(),
                wire.channel(),
                call);
    }

    /** What {@link Forward} got, if it got something. */
    static Optional<AgentAnswer> find(ServerWebExchange exchange) {
        return Optional.ofNullable(exchange.getAttribute(ATTRIBUTE));
    }

    void enter(ServerWebExchange exchange) {
        exchange.getAttributes().put(ATTRIBUTE, this);
    }

    int status() {
        return head.status().code();
    }

    HttpHeaders headers() {
        return head.responseHeaders();
    }

    /** What kept the agent from beginning: {@code busy} or {@code draining}; null if it began. */
    @Nullable
    String refused() {
        return status() < 400 ? null : headers().get("X-Agent-Refused");
    }

    /** Whether it says where it ends. One that ends with its connection cannot be told from one that broke off. */
    boolean isDelimited() {
        return length >= 0
                || headers().containsValue(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED, true)
                || status() == 204
                || status() == 304;
    }

    /** Whether all of it came. */
    boolean isWhole() {
        return call.isAnswered();
    }

    /** Whether it was given up because its client did not take it. */
    boolean isUntaken() {
        return call.isUntaken();
    }

    private static boolean isFault(int status, HttpHeaders headers) {
        return status >= 500 && !"false".equals(headers.get(FAULT)) && !"true".equals(headers.get("X-Should-Retry"));
    }

    private static boolean isEventStream(HttpHeaders headers) {
        return headers.get(HttpHeaderNames.CONTENT_TYPE, "").regionMatches(true, 0, "text/event-stream", 0, 17)
                && !headers.contains(HttpHeaderNames.CONTENT_ENCODING);
    }

    private static long length(HttpHeaders headers) {
        String length = headers.get(HttpHeaderNames.CONTENT_LENGTH);
        return length == null ? -1 : Long.parseLong(length);
    }
}
