package io.agentrouter.gateway.server;

import io.agentrouter.gateway.log.AccessLine;
import io.agentrouter.gateway.log.AccessLog;
import io.agentrouter.gateway.problem.Problem;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.http.HttpStatus;
import tools.jackson.databind.json.JsonMapper;

/** What the server itself refuses, because it is no HTTP or has no valid URI, also gets the one error body, a name and a line in the log. */
final class ServerRefusals extends ChannelOutboundHandlerAdapter {

    private static final String REQUEST_ID = "X-Request-Id";

    private final JsonMapper json;
    private final AccessLog log;

    ServerRefusals(JsonMapper json, AccessLog log) {
        this.json = json;
        this.log = log;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the promise tells
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (message instanceof FullHttpResponse answer && isBareRefusal(answer)) {
            ctx.write(withBody(answer), promise);
        } else {
            ctx.write(message, promise);
        }
    }

    /** What came as far as the gateway's own code has a name, an agent's error without a body too; every other answer has a content type. */
    private static boolean isBareRefusal(FullHttpResponse answer) {
        return answer.status().code() >= 400
                && !answer.content().isReadable()
                && !answer.headers().contains(REQUEST_ID)
                && !answer.headers().contains(HttpHeaderNames.CONTENT_TYPE);
    }

    private FullHttpResponse withBody(FullHttpResponse answer) {
        byte[] body = json.writeValueAsBytes(Problem.of(
                HttpStatus.valueOf(answer.status().code()),
                "invalid_request",
                "The request is not valid HTTP/1.1: its request line, a header or the framing of its body.",
                null));
        ThreadLocalRandom random = ThreadLocalRandom.current();
        String id = String.format("%016x%016x", random.nextLong(), random.nextLong());
        log.write(
                new AccessLine(
                        Instant.now(),
                        id,
                        null,
                        null,
                        null,
                        null,
                        null,
                        answer.status().code(),
                        "invalid_request",
                        null,
                        null,
                        null),
                false);
        answer.headers().set(REQUEST_ID, id);
        answer.headers().set(HttpHeaderNames.CONTENT_TYPE, Problem.MEDIA_TYPE);
        answer.headers().set(HttpHeaderNames.CONTENT_LENGTH, body.length);
        FullHttpResponse full = answer.replace(Unpooled.wrappedBuffer(body));
        answer.release();
        return full;
    }
}
