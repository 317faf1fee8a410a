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
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Ends a connection on which too much comes before what came first is answered. The server would hold a few messages that a
 * client sends ahead and then read no more; and a client that is not read from is not noticed when it leaves.
 */
final class PipelineLimit extends ChannelDuplexHandler {

    private static final int HEAD_SIZE = 1024; // about; the codec bounds it

    /** As many messages as the server holds before it stops to read: a request is two or more. */
    private static final int MAX_MESSAGES = 32;

    private final long size;
    private final Deque<Ahead> ahead = new ArrayDeque<>(1); // for most connections always empty
    private boolean answering;
    private int messages;
    private long bytes;

    PipelineLimit(long size) {
        this.size = size;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // closing cannot fail in a way that matters
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof HttpRequest) {
            begin();
        }
        Ahead last = ahead.peekLast();
        if (last != null) {
            count(last, message);
        }
        if (bytes > size || messages >= MAX_MESSAGES) {
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
            answered();
        }
        ctx.write(message, promise);
    }

    private void begin() {
        if (answering) {
            ahead.add(new Ahead());
        }
        answering = true;
    }

    private void count(Ahead request, Object message) {
        int read = message instanceof ByteBufHolder content ? content.content().readableBytes() : 0;
        int held = message instanceof HttpRequest ? read + HEAD_SIZE : read;
        request.messages++;
        request.bytes += held;
        messages++;
        bytes += held;
    }

    private void answered() {
        Ahead next = ahead.poll();
        answering = next != null;
        if (next != null) {
            messages -= next.messages;
            bytes -= next.bytes;
        }
    }

    static boolean isInformational(Object message) {
        return message instanceof HttpResponse head && head.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    }

    /** A request that waits for those before it. */
    private static final class Ahead {
        private int messages;
        private long bytes;
    }
}
