package io.agentrouter.gateway.route.body;

import io.agentrouter.gateway.route.body.BodyBudget.Reservation;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.publisher.Sinks;

/**
 * Reads one body up to a limit. A body that turns out larger passes on from there: what was read, then the rest at the
 * pace of whoever takes it.
 */
final class BodyReader extends BaseSubscriber<DataBuffer> {

    private final MonoSink<RequestBody> result;
    private final Reservation reservation;
    private final long limit;
    private ByteArrayOutputStream read;
    private Sinks.@Nullable Many<DataBuffer> rest;

    private BodyReader(MonoSink<RequestBody> result, Reservation reservation, long limit, int expected) {
        this.result = result;
        this.reservation = reservation;
        this.limit = limit;
        this.read = new ByteArrayOutputStream(expected);
    }

    static Mono<RequestBody> read(Flux<DataBuffer> body, Reservation reservation, long limit, int expected) {
        return Mono.create(result -> {
            var reader = new BodyReader(result, reservation, limit, expected);
            result.onCancel(reader);
            body.subscribe(reader);
        });
    }

    @Override
    protected void hookOnSubscribe(Subscription subscription) {
        request(1);
    }

    @Override
    protected void hookOnNext(DataBuffer buffer) {
        if (rest != null) {
            if (rest.tryEmitNext(buffer).isFailure()) {
                DataBufferUtils.release(buffer);
            }
            return;
        }
        keep(buffer);
        if (read.size() <= limit) {
            request(1);
        } else {
            rest = Sinks.many().unicast().onBackpressureBuffer();
            result.success(new PassingBody(-1, Flux.concat(readSoFar(), restOfIt(rest)), reservation));
        }
    }

    @Override
    protected void hookOnComplete() {
        if (rest != null) {
            rest.tryEmitComplete();
        } else {
            result.success(new HeldBody(read.toByteArray(), reservation));
        }
    }

    @Override
    protected void hookOnError(Throwable error) {
        if (rest != null) {
            rest.tryEmitError(error);
        } else {
            result.error(error);
        }
    }

    private void keep(DataBuffer buffer) {
        byte[] bytes = new byte[buffer.readableByteCount()];
        buffer.read(bytes);
        DataBufferUtils.release(buffer);
        read.writeBytes(bytes);
    }

    private Mono<DataBuffer> readSoFar() {
        return Mono.fromSupplier(() -> {
            byte[] bytes = read.toByteArray();
            read = new ByteArrayOutputStream(0);
            return DefaultDataBufferFactory.sharedInstance.wrap(bytes);
        });
    }

    private Flux<DataBuffer> restOfIt(Sinks.Many<DataBuffer> rest) {
        return rest.asFlux()
                .doOnRequest(this::request)
                .doOnCancel(this::cancel)
                .doOnDiscard(DataBuffer.class, DataBufferUtils::release);
    }
}
