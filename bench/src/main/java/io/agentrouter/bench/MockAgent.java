package io.agentrouter.bench;

import static io.netty.handler.codec.http.HttpHeaderNames.CONTENT_LENGTH;
import static io.netty.handler.codec.http.HttpHeaderNames.CONTENT_TYPE;
import static io.netty.handler.codec.http.HttpHeaderNames.TRANSFER_ENCODING;
import static io.netty.handler.codec.http.HttpVersion.HTTP_1_1;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AttributeKey;
import io.netty.util.concurrent.Future;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * An agent that answers at once, with JSON, or, where {@link #EVENTS} says so, with so many events at an interval. {@code GET /count}
 * says how many requests it answered.
 */
final class MockAgent {

    /** How many events, and how many milliseconds between two: {@code 100/20}. */
    static final String EVENTS = "X-Mock-Events";

    private static final ByteBuf JSON = constant(
            "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion\",\"created\":0,\"model\":\"qa\","
                    + "\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"It gets 4Gi of memory and 2 CPUs.\"},"
                    + "\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":12,\"total_tokens\":21}}");

    private static final ByteBuf EVENT = constant(
            "data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":0,"
                    + "\"model\":\"qa\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"word \"},\"finish_reason\":null}]}\n\n");

    private static final LongAdder answered = new LongAdder();

    private MockAgent() {}

    static void main(String[] args) throws InterruptedException {
        var loops = new MultiThreadIoEventLoopGroup(NioIoHandler.newFactory());
        new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, 4096)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(new HttpServerCodec(), new HttpObjectAggregator(1 << 20), new Answer());
                    }
                })
                .bind("127.0.0.1", Integer.parseInt(args[0]))
                .sync()
                .channel()
                .closeFuture()
                .sync();
    }

    private static ByteBuf constant(String text) {
        return Unpooled.unreleasableBuffer(Unpooled.directBuffer().writeBytes(text.getBytes(StandardCharsets.UTF_8)))
                .asReadOnly();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a client that left needs no answer
    private static final class Answer extends SimpleChannelInboundHandler<FullHttpRequest> {

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
            String events = request.headers().get(EVENTS);
            if (request.uri().equals("/count")) {
                whole(ctx, constant(Long.toString(answered.sum())));
                return;
            }
            answered.increment();
            if (events == null) {
                whole(ctx, JSON.duplicate());
            } else {
                String[] parts = events.split("/", -1);
                stream(ctx, Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
            }
        }

        private static void whole(ChannelHandlerContext ctx, ByteBuf body) {
            var response = new DefaultFullHttpResponse(HTTP_1_1, HttpResponseStatus.OK, body);
            response.headers()
                    .set(CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON)
                    .set(CONTENT_LENGTH, body.readableBytes());
            ctx.writeAndFlush(response);
        }

        private static void stream(ChannelHandlerContext ctx, int events, int interval) {
            var head = new DefaultHttpResponse(HTTP_1_1, HttpResponseStatus.OK);
            head.headers()
                    .set(CONTENT_TYPE, HttpHeaderValues.TEXT_EVENT_STREAM)
                    .set(TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
            ctx.write(head);
            ctx.writeAndFlush(new DefaultHttpContent(EVENT.duplicate()));
            Future<?> ticks = ctx.executor()
                    .scheduleAtFixedRate(new Ticks(ctx, events - 1), interval, interval, TimeUnit.MILLISECONDS);
            ctx.channel().closeFuture().addListener(closed -> ticks.cancel(false));
            ctx.channel().attr(Ticks.KEY).set(ticks);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored")
    private static final class Ticks implements Runnable {

        static final AttributeKey<Future<?>> KEY = AttributeKey.valueOf("ticks");

        private final ChannelHandlerContext ctx;
        private int left;

        Ticks(ChannelHandlerContext ctx, int left) {
            this.ctx = ctx;
            this.left = left;
        }

        @Override
        public void run() {
            if (left-- > 0) {
                ctx.writeAndFlush(new DefaultHttpContent(EVENT.duplicate()));
            } else {
                ctx.channel().attr(KEY).get().cancel(false);
                ctx.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
            }
        }
    }
}
