package io.agentrouter.sandbox.http;

import io.agentrouter.sandbox.refusal.Refusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Every failure as the one error body, before Spring Boot's own handler sees it. */
@Component
@Order(-2)
class ProblemHandler implements WebExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(ProblemHandler.class);

    private final JsonMapper json;

    ProblemHandler(JsonMapper json) {
        this.json = json;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable failure) {
        ServerHttpResponse response = exchange.getResponse();
        if (response.isCommitted()) {
            return Mono.error(failure);
        }
        Problem problem = problem(failure);
        response.setRawStatusCode(problem.status());
        headers(response.getHeaders(), failure, problem);
        DataBuffer body = response.bufferFactory().wrap(json.writeValueAsBytes(problem));
        return response.writeWith(Mono.just(body));
    }

    private static void headers(HttpHeaders headers, Throwable failure, Problem problem) {
        headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        if (problem.status() == HttpStatus.SERVICE_UNAVAILABLE.value()) {
            headers.set(HttpHeaders.RETRY_AFTER, "1");
        }
        if (failure instanceof MethodNotAllowedException method) {
            headers.setAllow(method.getSupportedMethods());
        }
    }

    private static Problem problem(Throwable failure) {
        if (failure instanceof Refusal refusal) {
            return Problem.of(refusal.status(), refusal.code(), refusal.param(), refusal.detail());
        }
        if (failure instanceof DataBufferLimitException || failure.getCause() instanceof DataBufferLimitException) {
            return Problem.of(HttpStatus.CONTENT_TOO_LARGE, "payload_too_large", null, "The body is too large.");
        }
        if (failure instanceof ResponseStatusException status
                && status.getStatusCode().is4xxClientError()) {
            return refused(HttpStatus.valueOf(status.getStatusCode().value()));
        }
        log.error("A request failed", failure);
        return Problem.of(HttpStatus.INTERNAL_SERVER_ERROR, "internal", null, "The sandbox failed; its log says why.");
    }

    private static Problem refused(HttpStatus status) {
        return switch (status) {
            case NOT_FOUND -> Problem.of(status, "not_found", null, "There is no such path.");
            case METHOD_NOT_ALLOWED -> Problem.of(status, "method_not_allowed", null, "Use a method that Allow names.");
            case UNSUPPORTED_MEDIA_TYPE ->
                Problem.of(status, "unsupported_media_type", null, "Send the body as application/json.");
            default ->
                Problem.of(status, "invalid_json", null, "The body is not the JSON object that is expected here.");
        };
    }
}
