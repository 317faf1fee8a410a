package io.agentrouter.gateway.route;

import io.micrometer.core.instrument.Timer;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Times the pieces of one streamed answer as they pass: from the first with {@link GeneratedContent} on, each is taken for a token unless it
 * is a comment, as agents send while their models are silent.
 */
final class TokenTimes implements Consumer<ByteBuf> {

    private final Timer first;
    private final Timer next;
    private final long arrival;
    private @Nullable GeneratedContent awaited = new GeneratedContent();
    private long last;

    /** @param arrival of the request, by {@link System#nanoTime} */
    TokenTimes(Timer first, Timer next, long arrival) {
        this.first = first;
        this.next = next;
        this.arrival = arrival;
    }

    @Override
    public void accept(ByteBuf piece) {
        if (isComment(piece)) {
            return;
        }
        if (awaited == null) {
            record(next, last);
        } else if (awaited.isIn(piece)) {
            awaited = null;
            record(first, arrival);
        }
    }

    private void record(Timer timer, long since) {
        last = System.nanoTime();
        timer.record(last - since, TimeUnit.NANOSECONDS);
    }

    private static boolean isComment(ByteBuf piece) {
        return piece.isReadable() && piece.getByte(piece.readerIndex()) == ':';
    }
}
