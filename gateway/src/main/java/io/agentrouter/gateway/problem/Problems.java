package io.agentrouter.gateway.problem;

import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponse;
import org.springframework.web.server.ServerWebExchange;

/** From what the framework throws to what the client is told. */
public final class Problems {

    private Problems() {}

    /** The one answer to an error. */
    public static ProblemException from(Throwable error, ServerWebExchange exchange) {
        if (error instanceof ProblemException problem) {
            return problem;
        }
        if (error instanceof ErrorResponse response) {
            HttpStatus status = HttpStatus.resolve(response.getStatusCode().value());
            if (status != null && status.is4xxClientError()) {
                return fromFramework(status, response, exchange);
            }
        }
        return ProblemException.failed(
                HttpStatus.INTERNAL_SERVER_ERROR,
                "internal",
                "The gateway failed on this request; its log says more under request id " + requestId(exchange) + ".");
    }

    private static ProblemException fromFramework(
            HttpStatus status, ErrorResponse response, ServerWebExchange exchange) {
        String path = exchange.getRequest().getPath().value();
        ProblemException problem = switch (status) {
            case NOT_FOUND ->
                ProblemException.invalid(
                        status, "not_found", "There is nothing at " + path + "; /openapi.json lists what there is.");
            case METHOD_NOT_ALLOWED ->
                ProblemException.invalid(
                        status,
                        "method_not_allowed",
                        exchange.getRequest().getMethod() + " does not work at " + path + "; use "
                                + response.getHeaders().getAllow() + ".");
            case CONTENT_TOO_LARGE -> ProblemException.invalid(status, "payload_too_large", "The body is too large.");
            default ->
                ProblemException.invalid(
                        status, "invalid_request", "The request is not valid: " + status.getReasonPhrase() + ".");
        };
        for (var header : response.getHeaders().headerSet()) {
            problem = problem.with(header.getKey(), String.join(", ", header.getValue()));
        }
        return problem;
    }

    /** What the client finds in {@code X-Request-Id}: set before anything can fail. */
    static String requestId(ServerWebExchange exchange) {
        String id = exchange.getResponse().getHeaders().getFirst("X-Request-Id");
        return id == null ? exchange.getRequest().getId() : id;
    }
}
