package io.agentrouter.gateway.route;

import io.agentrouter.gateway.problem.ClientLeft;
import io.agentrouter.gateway.problem.ProblemException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpVersion;
import java.io.IOException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.channel.AbortedException;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Hands an agent's answer to the client: byte for byte, piece by piece, and never as whole when it is not. Straight to the server
 * rather than by Spring's response, which holds the first piece back, and loses it when the client leaves in that moment.
 */
final class AnswerWriter {

    private static final String SHOULD_RETRY = "X-Should-Retry";

    /** An answer of so many bytes goes out in one write with its head; a connection's buffers hold more. */
    private static final int MAX_JOINED = 16 * 1024;

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
     * @param deadline where the type's total limit ends, by {@link System#nanoTime}
     * @return fails with what broke the answer off, unless the client could be told by an event
     */
    Mono<Void> write(ServerWebExchange exchange, AgentCall call, AgentAnswer answer, long deadline) {
        boolean isEventStream = answer.isEventStream();
        Consumer<ByteBuf> passing = isEventStream ? meters.tokens(call, RequestTrace.of(exchange)) : piece -> {};
        var body = new AnswerRelay(answer, call.type(), deadline, passing);
        return Place.of(exchange).stream()
                .map(early -> early.write(answer, withErrorsAsEvents(exchange, body)))
                .orElseGet(() -> begin(exchange, answer, body));
    }

    private Mono<Void> begin(ServerWebExchange exchange, AgentAnswer answer, AnswerRelay body) {
        HttpServerResponse client = ServerHttpResponseDecorator.getNativeResponse(exchange.getResponse());
        unchunkForHttp10(client);
        return write(exchange, answer, body, client).onErrorMap(AnswerWriter::isTheClients, ClientLeft::new);
    }

    /** Such a client does not know chunks: its answer ends with the connection. */
    static void unchunkForHttp10(HttpServerResponse client) {
        if (client.version().equals(HttpVersion.HTTP_1_0)) {
            client.chunkedTransfer(false);
        }
    }

    /** What the agent's side fails with is a {@link ProblemException}. */
    static boolean isTheClients(Throwable error) {
        return error instanceof AbortedException || error instanceof IOException;
    }

    private Mono<Void> write(
            ServerWebExchange exchange, AgentAnswer answer, AnswerRelay body, HttpServerResponse client) {
        if (answer.isEventStream()) {
            writeHead(answer, client);
            client.responseHeaders().remove(HttpHeaderNames.CONTENT_LENGTH);
            forgetHeads(exchange, answer);
            return client.send(withErrorsAsEvents(exchange, body), piece -> true)
                    .then();
        }
        long length = answer.length();
        return length >= 0 && length <= MAX_JOINED
                ? joined(answer, body, client)
                : passing(exchange, answer, body, client);
    }

    private static Mono<Void> joined(AgentAnswer answer, AnswerRelay body, HttpServerResponse client) {
        return body.joined().flatMap(whole -> {
            writeHead(answer, client);
            return client.send(Mono.just(whole)).then();
        });
    }

    private static Mono<Void> passing(
            ServerWebExchange exchange, AgentAnswer answer, Flux<ByteBuf> body, HttpServerResponse client) {
        writeHead(answer, client);
        return client.send(body).then().onErrorResume(ProblemException.class, problem -> {
            problem.enter(exchange);
            return reset(exchange, problem, client);
        });
    }

    private Flux<ByteBuf> withErrorsAsEvents(ServerWebExchange exchange, Flux<ByteBuf> body) {
        return body.onErrorResume(ProblemException.class, problem -> {
            problem.enter(exchange);
            return Mono.just(Unpooled.wrappedBuffer(errors.of(problem)));
        });
    }

    private static void writeHead(AgentAnswer answer, HttpServerResponse client) {
        client.status(answer.head().status());
        HttpHeaders to = client.responseHeaders();
        // What the gateway has said already, such as the request id, stands.
        HttpHeaders said = to.copy();
        HopHeaders.pass(answer.headers(), to, name -> AgentAnswer.FAULT.equalsIgnoreCase(name) || said.contains(name));
        if (answer.status() >= 400 && !to.contains(SHOULD_RETRY)) {
            to.set(SHOULD_RETRY, "false");
        }
    }

    /** A stream holds for minutes what is held for it: the heads that were read, and the one that the agent got, are done with. */
    private static void forgetHeads(ServerWebExchange exchange, AgentAnswer answer) {
        HttpServerRequest request = ServerHttpRequestDecorator.getNativeRequest(exchange.getRequest());
        request.requestHeaders().clear();
        answer.head().requestHeaders().clear();
        answer.headers().clear();
    }

    /** With a reset, since to a client of HTTP/1.0 the end of the connection is a clean end of the answer. */
    private static Mono<Void> reset(ServerWebExchange exchange, ProblemException problem, HttpServerResponse client) {
        log.warn("request {}: answer broken off, {}", RequestTrace.of(exchange).requestId(), problem.getMessage());
        client.withConnection(connection -> {
            connection.channel().config().setOption(ChannelOption.SO_LINGER, 0);
            connection.dispose();
        });
        return Mono.empty();
    }
}
