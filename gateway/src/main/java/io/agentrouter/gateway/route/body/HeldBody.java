package io.agentrouter.gateway.route.body;

import io.agentrouter.gateway.route.body.BodyBudget.Reservation;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/** A body that was read to its end: it may be looked into, and sent more than once. On the heap, so that waiting pins no network buffer. */
public final class HeldBody implements RequestBody {

    private static final byte[] RELEASED = {};

    private final long length;
    private final Reservation reservation;
    private volatile byte[] bytes;

    HeldBody(byte[] bytes, Reservation reservation) {
        this.length = bytes.length;
        this.bytes = bytes;
        this.reservation = reservation;
        reservation.shrinkTo(length);
    }

    /** The content, to look into. */
    public ByteBuffer content() {
        return ByteBuffer.wrap(bytes);
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public Mono<ByteBuf> bytes() {
        return Mono.fromSupplier(() -> Unpooled.wrappedBuffer(bytes));
    }

    @Override
    public boolean isWhole() {
        return bytes.length == length;
    }

    @Override
    public long heldWhileWaiting() {
        return length;
    }

    @Override
    public boolean isAwaited() {
        return false;
    }

    @Override
    public void release() {
        bytes = RELEASED;
        reservation.release();
    }

    @Override
    public RequestBody atMost(long max, Supplier<? extends RuntimeException> tooLarge) {
        if (length > max) {
            throw tooLarge.get();
        }
        return this;
    }
}
