package io.agentrouter.gateway.route;

import io.agentrouter.gateway.problem.ClientLeft;
import io.agentrouter.gateway.problem.ProblemException;
import io.agentrouter.gateway.problem.Problems;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * A streamed answer that begins while its request still waits for a slot, with comment lines, so that nothing between client
 * and gateway takes the silence for death. What comes of the request then follows in the same stream, errors included.
 */
final class EarlyStream {

    private static final int MAX_ERROR_BODY = 64 * 1024;

    private final ServerWebExchange exchange;
    private final AgentCall call;
    private final ErrorEvents errors;
    private final NettyDataBufferFactory buffers;
    private final Sinks.One<Boolean> opening = Sinks.one();
    private final Sinks.One<Flux<DataBuffer>> rest = Sinks.one();
    private final AtomicReference<State> state = new AtomicReference<>(State.UNDECIDED);

    private enum State {
        UNDECIDED,
        OPENED,
        NEVER
    }

    EarlyStream(ServerWebExchange exchange, AgentCall call, ErrorEvents errors) {
        this.exchange = exchange;
        this.call = call;
        this.errors = errors;
        this.buffers = (NettyDataBufferFactory) exchange.getResponse().bufferFactory();
    }

    /** Whether the client has its head already; if not, it gets it elsewhere, and this stream is not opened any more. */
    boolean isOpened() {
        state.compareAndSet(State.UNDECIDED, State.NEVER);
        return state.get() == State.OPENED;
    }

    /** Runs the rest of a request's way, and the stream beside it from when that opens. */
    Mono<Void> around(Mono<Void> run) {
        Mono<Void> told = run.onErrorResume(error -> !(error instanceof ClientLeft) && isOpened(), this::tell)
                .doFinally(end -> opening.tryEmitEmpty());
        return Mono.when(told, opening.asMono().flatMap(now -> write()));
    }

    /** Opens the stream if a wait lasts too long. */
    <T> Mono<T> during(Mono<T> wait) {
        if (!call.streamed() || state.get() == State.OPENED) {
            return wait;
        }
        return Mono.using(
                () -> Mono.delay(untilOpening()).subscribe(now -> open()), timer -> wait, Disposable::dispose);
    }

    private Duration untilOpening() {
        Duration waited =
                Duration.ofNanos(System.nanoTime() - RequestTrace.of(exchange).arrival());
        Duration left = interval().minus(waited);
        return left.isNegative() ? Duration.ZERO : left;
    }

    private void open() {
        if (state.compareAndSet(State.UNDECIDED, State.OPENED)) {
            opening.tryEmitValue(true);
        }
    }

    private Mono<Void> write() {
        ServerHttpResponse response = exchange.getResponse();
        response.setStatusCode(HttpStatus.OK);
        response.getHeaders().setContentType(MediaType.TEXT_EVENT_STREAM);
        response.getHeaders().set(HttpHeaders.CACHE_CONTROL, "no-cache");
        Mono<Flux<DataBuffer>> next = rest.asMono();
        return response.writeWith(Flux.interval(Duration.ZERO, interval())
                .onBackpressureDrop()
                .map(time -> buffer(": waiting for a slot\n\n"))
                .takeUntilOther(next)
                .concatWith(next.flatMapMany(body -> body)));
    }

    /**
     * Goes on with what an agent answers, whatever its status is.
     *
     * @return ends when all of it is written, or with what ended it
     */
    Mono<Void> write(AgentAnswer answer, Flux<ByteBuf> body) {
        Sinks.Empty<Void> written = Sinks.empty();
        Flux<DataBuffer> pieces =
                body.<DataBuffer>map(buffers::wrap).doOnDiscard(DataBuffer.class, DataBufferUtils::release);
        Flux<DataBuffer> events = answer.status() < 400 && answer.isEventStream() ? pieces : asEvent(pieces);
        rest.tryEmitValue(events.doFinally(end -> written.tryEmitEmpty()));
        return written.asMono();
    }

    private Flux<DataBuffer> asEvent(Flux<DataBuffer> body) {
        return DataBufferUtils.join(body, MAX_ERROR_BODY)
                .mapNotNull(joined -> {
                    byte[] bytes = new byte[joined.readableByteCount()];
                    joined.read(bytes);
                    DataBufferUtils.release(joined);
                    return errors.of(bytes).<DataBuffer>map(buffers::wrap).orElse(null);
                })
                .switchIfEmpty(Mono.fromSupplier(() -> error(Failures.noStream(call.type()))))
                .onErrorResume(error -> Mono.just(error(Problems.from(error, exchange))))
                .flux();
    }

    private Mono<Void> tell(Throwable error) {
        rest.tryEmitValue(Flux.just(error(Problems.from(error, exchange))));
        return Mono.empty();
    }

    private DataBuffer error(ProblemException problem) {
        problem.enter(exchange);
        return buffers.wrap(errors.of(problem));
    }

    private Duration interval() {
        return call.type().queue().commentInterval();
    }

    private DataBuffer buffer(String text) {
        return buffers.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
