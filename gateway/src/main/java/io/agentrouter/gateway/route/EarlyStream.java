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
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.Disposable;
import reactor.core.Disposables;
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
    private final Sinks.One<Flux<DataBuffer>> rest = Sinks.one();
    private final Sinks.Empty<Void> written = Sinks.empty();
    private final Disposable.Swap writing = Disposables.swap();
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

    /** Opens the stream if a wait lasts too long; ends the wait if the client leaves then, and be it while it is opened. */
    <T> Mono<T> during(Mono<T> wait) {
        return Mono.using(
                () -> Mono.delay(untilOpening()).subscribe(now -> open()),
                timer -> Mono.firstWithSignal(wait, written.asMono().then(Mono.empty())),
                Disposable::dispose);
    }

    private Duration untilOpening() {
        Duration waited =
                Duration.ofNanos(System.nanoTime() - RequestTrace.of(exchange).arrival());
        Duration left = interval().minus(waited);
        return left.isNegative() ? Duration.ZERO : left;
    }

    private void open() {
        if (state.compareAndSet(State.UNDECIDED, State.OPENED)) {
            Mono<Void> answer = write().onErrorMap(AnswerWriter::isTheClients, ClientLeft::new);
            writing.update(answer.subscribe(null, written::tryEmitError, written::tryEmitEmpty));
        }
    }

    private Mono<Void> write() {
        ServerHttpResponse response = exchange.getResponse();
        AnswerWriter.unchunkForHttp10(ServerHttpResponseDecorator.getNativeResponse(response));
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
        Flux<DataBuffer> pieces =
                body.<DataBuffer>map(buffers::wrap).doOnDiscard(DataBuffer.class, DataBufferUtils::release);
        return end(answer.status() < 400 && answer.isEventStream() ? pieces : asEvent(pieces));
    }

    /** Goes on with an event that tells an error; ends like the answer of an agent. */
    Mono<Void> tell(Throwable error) {
        return end(Flux.just(error(Problems.from(error, exchange))));
    }

    /** Gives up what is not written yet: the client has left. */
    void cancel() {
        writing.dispose();
    }

    private Mono<Void> end(Flux<DataBuffer> events) {
        rest.tryEmitValue(events);
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
