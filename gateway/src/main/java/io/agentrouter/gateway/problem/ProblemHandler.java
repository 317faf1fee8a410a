package io.agentrouter.gateway.problem;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.webflux.error.ErrorWebExceptionHandler;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerResponse;
import tools.jackson.databind.json.JsonMapper;

/** Renders every error that reaches the outside of the chain as a {@link Problem}. */
@Component
@Order(-2) // before Boot's own
class ProblemHandler implements ErrorWebExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(ProblemHandler.class);

    private final JsonMapper json;

    ProblemHandler(JsonMapper json) {
        this.json = json;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable error) {
        ServerHttpResponse response = exchange.getResponse();
        HttpServerResponse server = ServerHttpResponseDecorator.getNativeResponse(response);
        if (server.hasSentHeaders()) {
            return Mono.error(error);
        }
        ProblemException answer = Problems.from(error, exchange);
        answer.enter(exchange);
        if (answer.problem().status() == HttpStatus.INTERNAL_SERVER_ERROR.value()) {
            log.error("request {} failed", Problems.requestId(exchange), error);
        }
        byte[] body = json.writeValueAsBytes(answer.problem());
        response.setRawStatusCode(answer.problem().status());
        HttpHeaders headers = response.getHeaders();
        answer.headers().forEach(headers::put);
        headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        headers.setContentLength(body.length);
        return HttpMethod.HEAD.equals(exchange.getRequest().getMethod())
                ? response.setComplete()
                : response.writeWith(
                        Mono.fromSupplier(() -> response.bufferFactory().wrap(body)));
    }
}
