package io.agentrouter.gateway.server;

import io.netty.buffer.ByteBufHolder;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;

/**
 * Ends a connection on which too much comes before what came first is answered. The server holds requests that a client
 * sends ahead, and knows no bound; and were they not read, a client that leaves would not be noticed.
 */
final class PipelineLimit extends ChannelDuplexHandler {

    private static final int HEAD_SIZE = 1024; // about; the codec bounds it

    private final long size;
    private int unanswered;
    private long waiting;

    PipelineLimit(long size) {
        this.size = size;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // closing cannot fail in a way that matters
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        unanswered += message instanceof HttpRequest ? 1 : 0;
        if (unanswered > 1) {
            waiting +=
                    message instanceof ByteBufHolder content ? content.content().readableBytes() : 0;
            waiting += message instanceof HttpRequest ? HEAD_SIZE : 0;
        }
        if (waiting > size) {
            ReferenceCountUtil.release(message);
            ctx.close();
        } else {
            ctx.fireChannelRead(message);
        }
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the promise tells
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (message instanceof LastHttpContent && !isInformational(message)) {
            unanswered--;
            waiting = unanswered > 1 ? waiting : 0;
        }
        ctx.write(message, promise);
    }

    static boolean isInformational(Object message) {
        return message instanceof HttpResponse head && head.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    }
}
