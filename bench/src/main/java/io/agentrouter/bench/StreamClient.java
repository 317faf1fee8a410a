package io.agentrouter.bench;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Asks one proxy for streams when they are due, whatever became of those before (an open loop), over connections that are kept
 * alive, and times each event. Everything runs on one thread. Times count from when a request was due, so waiting for a slow
 * answer is not left out.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails is seen by what comes back
final class StreamClient implements AutoCloseable {

    private final MultiThreadIoEventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Bootstrap bootstrap =
            new Bootstrap().group(loop).channel(NioSocketChannel.class).option(ChannelOption.TCP_NODELAY, true);
    private final URI proxy;
    private final ByteBuf request;
    private final Deque<Channel> idle = new ArrayDeque<>();
    private final Figures figures = new Figures();

    /** What came of the requests since the last {@link #take}; times in nanoseconds. */
    static final class Figures {
        final Histogram first = new Histogram(3);
        final Histogram gaps = new Histogram(3);
        long failed;
        int open;
    }

    /** @param events as {@link MockAgent#EVENTS} says */
    StreamClient(URI proxy, String events) {
        this.proxy = proxy;
        String body = Request.BODY.replaceFirst("}$", ",\"stream\":true}");
        StringBuilder message =
                new StringBuilder("POST " + Request.PATH + " HTTP/1.1\r\nHost: " + proxy.getAuthority());
        Request.HEADERS.forEach((name, value) ->
                message.append("\r\n").append(name).append(": ").append(value));
        message.append("\r\nContent-Length: ").append(body.length());
        message.append("\r\n" + MockAgent.EVENTS + ": ").append(events);
        message.append("\r\n\r\n").append(body);
        this.request = Unpooled.unreleasableBuffer(
                Unpooled.directBuffer().writeBytes(message.toString().getBytes(StandardCharsets.US_ASCII)));
    }

    /** Sends so many requests a second, evenly, for so long. */
    void send(double rate, double seconds) throws InterruptedException {
        long begin = System.nanoTime();
        loop.next()
                .submit(() -> due(begin, 0, rate, Math.round(rate * seconds)))
                .sync();
        Thread.sleep(Math.round(seconds * 1000));
    }

    /** What was measured, which begins anew. */
    Figures take() throws InterruptedException {
        var taken = new Figures();
        loop.next()
                .submit(() -> {
                    taken.first.add(figures.first);
                    taken.gaps.add(figures.gaps);
                    taken.failed = figures.failed;
                    taken.open = figures.open;
                    figures.first.reset();
                    figures.gaps.reset();
                    figures.failed = 0;
                })
                .sync();
        return taken;
    }

    private void due(long begin, long sent, double rate, long all) {
        long next = sent;
        while (next < all) {
            long at = begin + Math.round(next / rate * 1e9);
            long wait = at - System.nanoTime();
            if (wait > 0) {
                long from = next;
                var _ = loop.next().schedule(() -> due(begin, from, rate, all), wait, TimeUnit.NANOSECONDS);
                return;
            }
            begin(at);
            next++;
        }
    }

    private void begin(long at) {
        figures.open++;
        Channel channel = idle.pollLast();
        if (channel != null) {
            write(channel, at);
            return;
        }
        bootstrap
                .clone()
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel made) {
                        made.pipeline().addLast(new HttpResponseDecoder(), new Answers());
                    }
                })
                .connect(proxy.getHost(), proxy.getPort())
                .addListener((ChannelFuture connected) -> {
                    if (connected.isSuccess()) {
                        write(connected.channel(), at);
                    } else {
                        figures.failed++;
                        figures.open--;
                    }
                });
    }

    private void write(Channel channel, long at) {
        channel.pipeline().get(Answers.class).begin(at);
        channel.writeAndFlush(request.duplicate(), channel.voidPromise());
    }

    @Override
    public void close() {
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private final class Answers extends SimpleChannelInboundHandler<HttpObject> {

        private long due;
        private long last;
        private boolean under;
        private boolean ok;

        void begin(long at) {
            due = at;
            last = 0;
            under = true;
            ok = false;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, HttpObject part) {
            if (part instanceof HttpResponse head) {
                ok = head.status().code() == 200;
            }
            if (part instanceof HttpContent content) {
                events(content.content());
            }
            if (part instanceof LastHttpContent) {
                ended(ok);
                idle.addLast(ctx.channel());
            }
        }

        private void events(ByteBuf content) {
            if (!content.isReadable()) {
                return;
            }
            long now = System.nanoTime();
            if (last == 0) {
                figures.first.recordValue(Math.max(0, now - due));
            } else {
                figures.gaps.recordValue(now - last);
            }
            last = now;
        }

        private void ended(boolean well) {
            under = false;
            figures.open--;
            if (!well) {
                figures.failed++;
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            idle.remove(ctx.channel());
            if (under) {
                ended(false);
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }
    }
}
