package io.agentrouter.gateway.route;

import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.support.Netty4HeadersAdapter;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.netty.Connection;
import reactor.netty.http.client.HttpClientResponse;

/**
 * An answer whose head is there and whose body is on the wire.
 *
 * @param wire where the rest of it comes from
 * @param call learns when all of it came
 */
record AgentAnswer(HttpClientResponse head, Connection wire, AgentConnection call) {

    /** The header by which an agent says, for the gateway only, whether a 5xx is its own fault. */
    static final String FAULT = "X-Agent-Fault";

    private static final String ATTRIBUTE = AgentAnswer.class.getName();

    /** What {@link Forward} got; needs it to have got something. */
    static AgentAnswer of(ServerWebExchange exchange) {
        return exchange.getRequiredAttribute(ATTRIBUTE);
    }

    void enter(ServerWebExchange exchange) {
        exchange.getAttributes().put(ATTRIBUTE, this);
    }

    /** Whether the agent failed, and does not say that it is well itself: that its model failed, say, or that Redis is away. */
    boolean isFault() {
        return status() >= 500
                && !"false".equals(head.responseHeaders().get(FAULT))
                && !"true".equals(head.responseHeaders().get("X-Should-Retry"));
    }

    int status() {
        return head.status().code();
    }

    HttpHeaders headers() {
        return new HttpHeaders(new Netty4HeadersAdapter(head.responseHeaders()));
    }

    /** What kept the agent from beginning: {@code busy} or {@code draining}; null if it began. */
    @Nullable
    String refused() {
        return status() < 400 ? null : head.responseHeaders().get("X-Agent-Refused");
    }

    /** Whether it says where it ends. One that ends with its connection cannot be told from one that broke off. */
    boolean isDelimited() {
        var headers = head.responseHeaders();
        return headers.contains(HttpHeaderNames.CONTENT_LENGTH)
                || headers.containsValue(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED, true)
                || status() == 204
                || status() == 304;
    }

    /** Whether it comes as events that the gateway can add one to. */
    boolean isEventStream() {
        String type = head.responseHeaders().get(HttpHeaders.CONTENT_TYPE, "");
        return type.regionMatches(true, 0, "text/event-stream", 0, 17)
                && !head.responseHeaders().contains(HttpHeaders.CONTENT_ENCODING);
    }

    /**
     * The very bytes, as they come. The first piece is a copy: Spring holds it back until it writes, and loses it when the client
     * leaves in that moment.
     *
     * @param idle fails with {@link io.netty.handler.timeout.ReadTimeoutException} when nothing comes for so long though more is wanted
     */
    Flux<DataBuffer> body(NettyDataBufferFactory buffers, Duration idle) {
        var silence = new AgentSilence(idle);
        var missing = new AtomicLong(length());
        var first = new AtomicBoolean(true);
        wire.addHandlerLast(silence);
        return wire.inbound()
                .receive()
                .<DataBuffer>map(piece -> {
                    // Who has read all that was announced may leave before the end is seen here.
                    if (missing.addAndGet(-piece.readableBytes()) == 0) {
                        call.answered();
                    }
                    return first.getAndSet(false)
                            ? buffers.wrap(ByteBufUtil.getBytes(piece))
                            : buffers.wrap(piece.retain());
                })
                .doOnComplete(call::answered)
                // Before, nothing may have been read since the client took nothing.
                .doOnRequest(more -> silence.resetReadTimeout());
    }

    /** Of the body in bytes; -1 where that is not announced. */
    private long length() {
        return headers().getContentLength();
    }
}
