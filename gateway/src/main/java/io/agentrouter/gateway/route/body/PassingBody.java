package io.agentrouter.gateway.route.body;

import io.agentrouter.gateway.route.body.BodyBudget.Reservation;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import reactor.core.publisher.Flux;

/**
 * A body that passes through as it comes, once.
 *
 * @param start what is set apart for its start, if that had to be read to learn that it is large
 */
record PassingBody(
        long length, Flux<DataBuffer> bytes, @Nullable Reservation start) implements RequestBody {

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

    private Flux<DataBuffer> counted(long max, Supplier<? extends RuntimeException> tooLarge) {
        var passed = new AtomicLong();
        return bytes.handle((buffer, sink) -> {
            if (passed.addAndGet(buffer.readableByteCount()) > max) {
                DataBufferUtils.release(buffer);
                sink.error(tooLarge.get());
            } else {
                sink.next(buffer);
            }
        });
    }
}
