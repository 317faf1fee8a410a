package io.agentrouter.gateway.server;

import io.netty.buffer.ByteBufHolder;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection whose request was answered before all of its body came: ends the own side, reads and drops the rest
 * of the body within bounds, then closes. Closing at once would reset the connection under the client's unread answer.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what is written or closed here fails only with its connection
final class LingeringClose extends ChannelDuplexHandler {

    private final Duration time;
    private final long size;
    private boolean requestComplete = true;
    private boolean answered;
    private boolean lingering;
    private long dropped;
    private @Nullable Future<?> end;

    LingeringClose(Duration time, long size) {
        this.time = time;
        this.size = size;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof HttpRequest) {
            requestComplete = false;
            answered = false;
        }
        if (message instanceof LastHttpContent last) {
            // After one that is not valid the codec reads nothing more, but the client may send on.
            requestComplete = last.decoderResult().isSuccess();
        }
        if (lingering) {
            drop(ctx, message);
        } else {
            ctx.fireChannelRead(message);
        }
    }

    private void drop(ChannelHandlerContext ctx, Object message) {
        dropped += message instanceof ByteBufHolder content ? content.content().readableBytes() : 0;
        ReferenceCountUtil.release(message);
        if (requestComplete || dropped > size) {
            ctx.close();
        }
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        boolean early = !requestComplete && !PipelineLimit.isInformational(message);
        if (early && message instanceof HttpResponse head) {
            head.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
        if (early && message instanceof LastHttpContent) {
            answered = true;
            ctx.write(message, promise.unvoid()).addListener(written -> close(ctx, ctx.newPromise()));
        } else {
            ctx.write(message, promise);
        }
    }

    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        if (!answered || requestComplete || !ctx.channel().isActive()) {
            ctx.close(promise);
        } else if (!lingering) {
            linger(ctx);
        }
    }

    private void linger(ChannelHandlerContext ctx) {
        lingering = true;
        if (ctx.channel() instanceof DuplexChannel channel) {
            channel.shutdownOutput();
        }
        ctx.channel().config().setAutoRead(true);
        end = ctx.executor().schedule(() -> ctx.close(), time.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (end != null) {
            end.cancel(false);
        }
        ctx.fireChannelInactive();
    }
}
