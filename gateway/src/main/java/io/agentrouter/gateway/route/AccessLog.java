package io.agentrouter.gateway.route;

import io.agentrouter.gateway.problem.ClientLeft;
import io.agentrouter.gateway.problem.ProblemException;
import io.agentrouter.gateway.problem.Quote;
import java.time.Duration;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.SignalType;

/** One line for each request, when it has ended. Nothing that it carries stands there: neither query, headers nor bodies. */
final class AccessLog {

    private static final Logger log = LoggerFactory.getLogger("access");
    private static final Set<String> PROBES = Set.of("/livez", "/readyz", "/health");

    private AccessLog() {}

    static void write(ServerWebExchange exchange, SignalType end) {
        ServerHttpRequest request = exchange.getRequest();
        RequestTrace trace = RequestTrace.of(exchange);
        ServerHttpResponse response = exchange.getResponse();
        HttpStatusCode status = response.isCommitted() && end != SignalType.ON_ERROR ? response.getStatusCode() : null;
        String path = request.getURI().getRawPath();
        log.atLevel(PROBES.contains(path) ? Level.DEBUG : Level.INFO)
                .log(
                        "request={} type={} status={} ms={} end={} {} {}",
                        trace.requestId(),
                        exchange.getAttributes().get(AgentCall.class.getName()) instanceof AgentCall call
                                ? call.type().name()
                                : "-",
                        status == null ? "-" : status.value(),
                        Duration.ofNanos(System.nanoTime() - trace.arrival()).toMillis(),
                        end(exchange, end),
                        request.getMethod(),
                        Quote.of(path));
    }

    /** How it ended: {@code answered}, {@code client_left}, or the code of what the client was told. */
    private static String end(ServerWebExchange exchange, SignalType end) {
        return ProblemException.of(exchange)
                .map(problem -> problem.problem().error().code())
                .orElse(end == SignalType.ON_COMPLETE && !ClientLeft.in(exchange) ? "answered" : "client_left");
    }
}
