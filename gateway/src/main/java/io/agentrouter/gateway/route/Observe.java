package io.agentrouter.gateway.route;

import io.agentrouter.gateway.log.AccessLine;
import io.agentrouter.gateway.log.AccessLog;
import io.agentrouter.gateway.problem.ClientLeft;
import java.util.Set;
import org.springframework.boot.webflux.error.ErrorWebExceptionHandler;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Link 1: names the request before anything can fail, and logs and counts it when all has ended. A web filter, since every answer
 * carries the names, errors included.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class Observe implements WebFilter {

    private static final Set<String> PROBES = Set.of("/livez", "/readyz", "/health");

    private final ErrorWebExceptionHandler errors;
    private final AccessLog log;
    private final RequestMeters meters;

    Observe(ErrorWebExceptionHandler errors, AccessLog log, RequestMeters meters) {
        this.errors = errors;
        this.log = log;
        this.meters = meters;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        RequestTrace trace = RequestTrace.from(exchange.getRequest().getHeaders());
        trace.enter(exchange);
        HttpHeaders answer = exchange.getResponse().getHeaders();
        answer.set(RequestTrace.REQUEST_ID, trace.requestId());
        answer.set(RequestTrace.TRACEPARENT, trace.traceparent());
        return chain.filter(exchange)
                // Here rather than outside of the filters, so that the log tells what the client was told.
                .onErrorResume(error -> !(error instanceof ClientLeft), error -> errors.handle(exchange, error))
                .doFinally(end -> tell(new Ended(exchange, end)))
                .onErrorComplete(ClientLeft.class);
    }

    private void tell(Ended request) {
        AccessLine line = request.line();
        log.write(line, PROBES.contains(line.path()));
        meters.ended(request);
    }
}
