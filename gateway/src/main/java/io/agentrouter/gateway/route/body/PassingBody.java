package io.agentrouter.gateway.route.body;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import reactor.core.publisher.Flux;

/** A body that passes through as it comes, once. */
record PassingBody(long length, Flux<DataBuffer> bytes) implements RequestBody {

    @Override
    public void release() {
        // Nothing is held.
    }

    @Override
    public RequestBody atMost(long max, Supplier<? extends RuntimeException> tooLarge) {
        if (length > max) {
            throw tooLarge.get();
        }
        return length < 0 ? new PassingBody(length, counted(max, tooLarge)) : this;
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
