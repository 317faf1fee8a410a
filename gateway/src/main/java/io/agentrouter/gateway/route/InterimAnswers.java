package io.agentrouter.gateway.route;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;

/**
 * Leaves out what an agent says before its answer, such as 103: the HTTP client would take it for the answer, and a client that did
 * not ask for it can do without (RFC 9110 section 15.2).
 */
final class InterimAnswers extends ChannelInboundHandlerAdapter {

    /** The HTTP client knows 100 itself, and 101 is the last that is said by HTTP. */
    private static final int FIRST = 102;

    private boolean leavingOut;

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof HttpResponse answer && isInterim(answer)) {
            leavingOut = true;
            ReferenceCountUtil.release(message);
        } else if (leavingOut && message instanceof LastHttpContent) {
            leavingOut = false;
            ReferenceCountUtil.release(message);
            ctx.read(); // the HTTP client reads on only after what it gets
        } else {
            ctx.fireChannelRead(message);
        }
    }

    /** One that cannot be read is the last that is read of its connection. */
    private static boolean isInterim(HttpResponse answer) {
        int status = answer.status().code();
        return status >= FIRST && status < 200 && answer.decoderResult().isSuccess();
    }
}
