package io.agentrouter.gateway.server;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends the connection of a client that takes nothing of its answer for too long, and with it the agent's work. */
final class StalledClient extends IdleStateHandler {

    private static final Logger log = LoggerFactory.getLogger(StalledClient.class);

    private final Duration limit;

    StalledClient(Duration limit) {
        super(true, 0, limit.toMillis(), 0, TimeUnit.MILLISECONDS);
        this.limit = limit;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // nobody is left who could be told
    protected void channelIdle(ChannelHandlerContext ctx, IdleStateEvent event) {
        ChannelOutboundBuffer waiting = ctx.channel().unsafe().outboundBuffer();
        if (waiting != null && !waiting.isEmpty()) {
            log.info("a client took nothing of its answer for {} s and is cut off", limit.toSeconds());
            // A reset: what waits for this client is not to wait on in the kernel.
            ctx.channel().config().setOption(ChannelOption.SO_LINGER, 0);
            ctx.close();
        }
    }
}
