package io.agentrouter.gateway.server;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponse;
import java.util.function.BooleanSupplier;

/**
 * While the gateway drains, ends each kept-alive connection with an answer that says so; cut when idle, it would race with the client's
 * next request.
 */
final class LameDuckClose extends ChannelOutboundHandlerAdapter {

    private final BooleanSupplier draining;

    LameDuckClose(BooleanSupplier draining) {
        this.draining = draining;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // it is the promise
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise written) {
        if (message instanceof HttpResponse answer && draining.getAsBoolean()) {
            answer.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
        ctx.write(message, written);
    }
}
