package io.agentrouter.gateway.route;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.timeout.ReadTimeoutHandler;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Fails an answer when nothing comes from the agent for too long; not when nothing is read because the client takes nothing. */
final class AgentSilence extends ReadTimeoutHandler {

    AgentSilence(Duration limit) {
        super(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    protected void readTimedOut(ChannelHandlerContext ctx) throws Exception {
        // Off while there is no demand for more.
        if (ctx.channel().config().isAutoRead()) {
            super.readTimedOut(ctx);
        }
    }
}
