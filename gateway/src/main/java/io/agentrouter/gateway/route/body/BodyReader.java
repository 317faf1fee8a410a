package io.agentrouter.gateway.route.body;

import io.agentrouter.gateway.problem.ClientLeft;
import io.agentrouter.gateway.route.body.BodyBudget.Reservation;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.publisher.Sinks;
import reactor.netty.http.server.HttpServerRequest;

/**
 * Reads one body up to a limit. A body that turns out larger passes on from there: what was read, then the rest at the
 * pace of whoever takes it.
 */
final class BodyReader extends BaseSubscriber<ByteBuf> {

    /** What is read of a body whose length is not announced, to begin with. */
    private static final int UNKNOWN = 1024;

    private final MonoSink<RequestBody> result;
    private final Reservation reservation;
    private final long limit;
    private ByteArrayOutputStream read;
    private Sinks.@Nullable Many<ByteBuf> rest;

    private BodyReader(MonoSink<RequestBody> result, Reservation reservation, long limit, long length) {
        this.result = result;
        this.reservation = reservation;
        this.limit = limit;
        this.read = new ByteArrayOutputStream(length < 0 ? UNKNOWN : Math.toIntExact(length));
    }

    /**
     * Reads a request's body.
     *
     * @param length as announced; -1 if it is not
     * @param patience how long the client may take to send as much as is read
     * @return fails with {@code request_timeout}, or {@link ClientLeft}
     */
    static Mono<RequestBody> read(
            HttpServerRequest request, Reservation reservation, long limit, long length, Duration patience) {
        return Mono.create(result -> {
            var reader = new BodyReader(result, reservation, limit, length);
            request.withConnection(client -> {
                var late = client.channel()
                        .eventLoop()
                        .schedule(() -> reader.giveUp(patience), patience.toNanos(), TimeUnit.NANOSECONDS);
                result.onDispose(() -> late.cancel(false));
            });
            result.onCancel(reader);
            request.receive().subscribe(reader);
        });
    }

    /** The body of a request as it comes; each piece is the subscriber's to release. */
    static Flux<ByteBuf> pass(HttpServerRequest request) {
        return request.receive().retain().onErrorMap(ClientLeft::new);
    }

    @Override
    protected void hookOnSubscribe(Subscription subscription) {
        request(1);
    }

    @Override
    protected void hookOnNext(ByteBuf piece) {
        if (rest != null) {
            if (rest.tryEmitNext(piece.retain()).isFailure()) {
                piece.release();
            }
            return;
        }
        keep(piece);
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
        var left = new ClientLeft(error);
        if (rest != null) {
            rest.tryEmitError(left);
        } else {
            result.error(left);
        }
    }

    private void giveUp(Duration patience) {
        cancel();
        result.error(Bodies.late(patience));
    }

    private void keep(ByteBuf piece) {
        byte[] bytes = new byte[piece.readableBytes()];
        piece.readBytes(bytes);
        read.writeBytes(bytes);
    }

    private Mono<ByteBuf> readSoFar() {
        return Mono.fromSupplier(() -> {
            byte[] bytes = read.toByteArray();
            read = new ByteArrayOutputStream(0);
            return Unpooled.wrappedBuffer(bytes);
        });
    }

    /** What is on its way when that ends is released by the client of Reactor Netty, which sends it. */
    private Flux<ByteBuf> restOfIt(Sinks.Many<ByteBuf> rest) {
        return rest.asFlux().doOnRequest(this::request).doOnCancel(this::cancel);
    }
}
