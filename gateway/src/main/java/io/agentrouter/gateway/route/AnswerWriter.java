package io.agentrouter.gateway.route;

import io.agentrouter.gateway.problem.ClientLeft;
import io.agentrouter.gateway.problem.ProblemException;
import io.agentrouter.gateway.server.EventLoopTimers;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpVersion;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerResponse;

/** Hands an agent's answer to the client: byte for byte, piece by piece, and never as whole when it is not. */
final class AnswerWriter {

    private static final String SHOULD_RETRY = "X-Should-Retry";

    private static final Logger log = LoggerFactory.getLogger(AnswerWriter.class);

    private final ErrorEvents errors;
    private final RequestMeters meters;

    AnswerWriter(ErrorEvents errors, RequestMeters meters) {
        this.errors = errors;
        this.meters = meters;
    }

    /**
     * Writes head and body.
     *
     * @param remaining of the type's total limit
     * @return fails with what broke the answer off, unless the client could be told by an event
     */
    Mono<Void> write(ServerWebExchange exchange, AgentCall call, AgentAnswer answer, Duration remaining) {
        ServerHttpResponse response = exchange.getResponse();
        var buffers = (NettyDataBufferFactory) response.bufferFactory();
        EarlyStream early = Place.of(exchange).stream();
        if (early.isOpened()) {
            return early.write(answer, withErrorsAsEvents(body(exchange, call, answer, remaining), buffers));
        }
        writeHead(answer, response);
        HttpServerResponse client = ServerHttpResponseDecorator.getNativeResponse(response);
        if (client.version().equals(HttpVersion.HTTP_1_0)) {
            client.chunkedTransfer(false);
        }
        Flux<DataBuffer> body = body(exchange, call, answer, remaining);
        if (!answer.isEventStream()) {
            return response.writeWith(body)
                    .onErrorResume(error -> response.isCommitted(), error -> reset(exchange, error));
        }
        response.getHeaders().remove(HttpHeaders.CONTENT_LENGTH);
        // The server sends the head with the first buffer, and an agent may think long before its first event.
        DataBuffer head = buffers.wrap(new byte[0]);
        return response.writeWith(withErrorsAsEvents(body.startWith(head), buffers));
    }

    private Flux<DataBuffer> body(ServerWebExchange exchange, AgentCall call, AgentAnswer answer, Duration remaining) {
        var buffers = (NettyDataBufferFactory) exchange.getResponse().bufferFactory();
        // A failing other would not cancel the body, so the failure comes after it.
        var late = new AtomicBoolean();
        Flux<DataBuffer> timed = answer.isEventStream()
                ? meters.timed(
                        call,
                        RequestTrace.of(exchange),
                        answer.body(buffers, call.type().timeouts().idle()))
                : answer.body(buffers, call.type().timeouts().idle());
        return timed.takeUntilOther(
                        Mono.delay(remaining, EventLoopTimers.current()).doOnNext(tick -> late.set(true)))
                .concatWith(Mono.defer(() -> late.get()
                        ? Mono.error(Failures.exceeded(
                                call.type(), "total", call.type().timeouts().total()))
                        : Mono.empty()))
                .doOnDiscard(DataBuffer.class, DataBufferUtils::release)
                .onErrorMap(error -> Failures.interrupted(call.type(), error))
                .doOnError(ProblemException.class, problem -> problem.enter(exchange))
                .doOnCancel(() -> {
                    if (!answer.call().isAnswered()) {
                        ClientLeft.enter(exchange);
                    }
                });
    }

    private Flux<DataBuffer> withErrorsAsEvents(Flux<DataBuffer> body, DataBufferFactory buffers) {
        return body.onErrorResume(ProblemException.class, problem -> Mono.just(errors.of(problem, buffers)));
    }

    private static void writeHead(AgentAnswer answer, ServerHttpResponse response) {
        response.setRawStatusCode(answer.status());
        HttpHeaders from = answer.headers();
        HttpHeaders to = response.getHeaders();
        Predicate<String> ends = HopHeaders.in(from).or(AgentAnswer.FAULT::equalsIgnoreCase);
        from.forEach((name, values) -> {
            // What the gateway has said already, such as the request id, stands.
            if (!ends.test(name) && !to.containsHeader(name)) {
                to.addAll(name, values);
            }
        });
        if (answer.status() >= 400 && !to.containsHeader(SHOULD_RETRY)) {
            to.set(SHOULD_RETRY, "false");
        }
    }

    /** With a reset, since to a client of HTTP/1.0 the end of the connection is a clean end of the answer. */
    private static Mono<Void> reset(ServerWebExchange exchange, Throwable error) {
        log.warn("request {}: answer broken off, {}", RequestTrace.of(exchange).requestId(), error.getMessage());
        HttpServerResponse client = ServerHttpResponseDecorator.getNativeResponse(exchange.getResponse());
        client.withConnection(connection -> {
            connection.channel().config().setOption(ChannelOption.SO_LINGER, 0);
            connection.dispose();
        });
        return Mono.empty();
    }
}
