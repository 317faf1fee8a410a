package io.agentrouter.runtime.face;

import io.agentrouter.runtime.AgentProperties;
import io.agentrouter.runtime.agent.AgentException;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;
import reactor.netty.channel.AbortedException;
import tools.jackson.databind.json.JsonMapper;

/** Every failure before an answer's first byte, in the one error body; except that a client has left, who reads none. */
@Order(-2)
final class Errors implements WebExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(Errors.class);
    private static final Map<String, String> REFUSED = Map.of("agent_busy", "busy", "agent_draining", "draining");

    private static final String DEFECT = "internal";

    /** In seconds, as the gateway's own: SDKs pass over longer ones. */
    private static final int MAX_RETRY_AFTER = 60;

    private final JsonMapper json;
    private final RestOfBody rest;

    Errors(JsonMapper json, AgentProperties properties) {
        this.json = json;
        this.rest = new RestOfBody(properties);
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable error) {
        if (exchange.getResponse().isCommitted()) {
            return Mono.error(error);
        }
        if (error instanceof AbortedException) {
            // The server cancels it as the connection ends. An empty answer it would try to write, and then tell of the
            // same error again.
            return Mono.never();
        }
        if (error instanceof WholeAnswer.RunFailed failed) {
            return write(exchange.getResponse(), failed.failure(), false);
        }
        AgentException e = toAgentException(exchange, error);
        return write(exchange.getResponse(), e, e.status() == 503 || e.status() == 408)
                .then(Mono.defer(() -> rest.drain(exchange.getRequest())));
    }

    /** Writes it; {@code retry} says whether an SDK may send the request again: never, once its run had begun. */
    private Mono<Void> write(ServerHttpResponse response, AgentException e, boolean retry) {
        HttpHeaders headers = response.getHeaders();
        headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        headers.setCacheControl("no-store");
        headers.set("X-Should-Retry", Boolean.toString(retry));
        if (e.status() == 503) {
            headers.set(HttpHeaders.RETRY_AFTER, Long.toString(retryAfter(e)));
        }
        if (e.status() >= 500 && !e.code().equals(DEFECT)) {
            headers.set("X-Agent-Fault", "false");
        }
        String refused = REFUSED.get(e.code());
        if (refused != null) {
            headers.set("X-Agent-Refused", refused);
        }
        response.setStatusCode(HttpStatusCode.valueOf(e.status()));
        return response.writeWith(
                Mono.fromSupplier(() -> response.bufferFactory().wrap(json.writeValueAsBytes(ErrorBody.of(e)))));
    }

    /** Whole seconds, rounded up: a client that comes a moment too early is refused again. */
    private static long retryAfter(AgentException e) {
        return Math.clamp(e.retryAfter().plusNanos(999_999_999).toSeconds(), 1, MAX_RETRY_AFTER);
    }

    private static AgentException toAgentException(ServerWebExchange exchange, Throwable error) {
        return switch (error) {
            case AgentException e -> e;
            case ResponseStatusException e -> {
                exchange.getResponse().getHeaders().addAll(e.getHeaders());
                yield byStatus(exchange, e);
            }
            default -> {
                log.error("{}A defect", exchange.getLogPrefix(), error);
                yield new AgentException(500, DEFECT, null, "A defect of this agent: report the request id.");
            }
        };
    }

    private static AgentException byStatus(ServerWebExchange exchange, ResponseStatusException e) {
        int status = e.getStatusCode().value();
        String path = exchange.getRequest().getPath().value();
        return switch (status) {
            case 404 -> new AgentException(404, "not_found", null, "There is no `%s` here.".formatted(path));
            case 405 ->
                new AgentException(
                        405,
                        "method_not_allowed",
                        null,
                        "`%s` takes %s only.".formatted(path, ((MethodNotAllowedException) e).getSupportedMethods()));
            case 415 ->
                new AgentException(
                        415, "unsupported_media_type", null, "Send the body as `Content-Type: application/json`.");
            default ->
                new AgentException(
                        status, "invalid_request", null, e.getReason() == null ? "Invalid request." : e.getReason());
        };
    }
}
