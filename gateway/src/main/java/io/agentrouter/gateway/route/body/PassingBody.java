package io.agentrouter.gateway.route.body;

import io.agentrouter.gateway.route.body.BodyBudget.Reservation;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;

/** A body that passes through as it comes, once. */
final class PassingBody implements RequestBody {

    private final long length;
    private final Flux<ByteBuf> bytes;
    private final @Nullable Reservation start;
    private final AtomicBoolean taken = new AtomicBoolean();
    private final AtomicLong wanted = new AtomicLong();

    /** @param start what is set apart for its start, if that had to be read to learn that it is large */
    PassingBody(long length, Flux<ByteBuf> bytes, @Nullable Reservation start) {
        this.length = length;
        this.bytes = bytes;
        this.start = start;
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public Flux<ByteBuf> bytes() {
        return bytes.doOnSubscribe(taker -> taken.set(true))
                .doOnRequest(pieces -> wanted.getAndAccumulate(pieces, Operators::addCap))
                .doOnNext(piece -> wanted.decrementAndGet())
                .doOnTerminate(() -> wanted.set(0));
    }

    @Override
    public boolean isWhole() {
        return !taken.get();
    }

    @Override
    public long heldWhileWaiting() {
        return start == null ? 0 : -1;
    }

    @Override
    public boolean isAwaited() {
        return wanted.get() > 0;
    }

    @Override
    public void release() {
        if (start != null) {
            start.release();
        }
    }

    @Override
    public RequestBody atMost(long max, Supplier<? extends RuntimeException> tooLarge) {
        if (length > max) {
            throw tooLarge.get();
        }
        return length < 0 ? new PassingBody(length, counted(max, tooLarge), start) : this;
    }

    private Flux<ByteBuf> counted(long max, Supplier<? extends RuntimeException> tooLarge) {
        var passed = new AtomicLong();
        return bytes.handle((buffer, sink) -> {
            if (passed.addAndGet(buffer.readableBytes()) > max) {
                buffer.release();
                sink.error(tooLarge.get());
            } else {
                sink.next(buffer);
            }
        });
    }
}
