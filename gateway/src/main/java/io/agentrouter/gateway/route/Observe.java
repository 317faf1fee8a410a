package io.agentrouter.gateway.route;

import io.agentrouter.gateway.log.AccessLog;
import io.agentrouter.gateway.problem.ClientLeft;
import io.agentrouter.gateway.trace.TraceContext;
import io.agentrouter.gateway.trace.Tracing;
import java.util.Set;
import org.springframework.boot.webflux.error.ErrorWebExceptionHandler;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Link 1: names the request before anything can fail, and logs, counts and traces it when all has ended. A web filter, since every answer
 * carries the names, errors included.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class Observe implements WebFilter {

    private static final Set<String> PROBES = Set.of("/livez", "/readyz", "/health");

    private final ErrorWebExceptionHandler errors;
    private final AccessLog log;
    private final RequestMeters meters;
    private final Tracing tracing;

    Observe(ErrorWebExceptionHandler errors, AccessLog log, RequestMeters meters, Tracing tracing) {
        this.errors = errors;
        this.log = log;
        this.meters = meters;
        this.tracing = tracing;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        boolean isProbe = PROBES.contains(request.getURI().getRawPath());
        RequestTrace trace = RequestTrace.begin(request, tracing, !isProbe);
        trace.enter(exchange);
        HttpHeaders answer = exchange.getResponse().getHeaders();
        answer.set(RequestTrace.REQUEST_ID, trace.requestId());
        answer.set(TraceContext.TRACEPARENT, trace.traceparent());
        return chain.filter(exchange)
                // Here rather than outside of the filters, so that the log tells what the client was told.
                .onErrorResume(error -> !(error instanceof ClientLeft), error -> errors.handle(exchange, error))
                .doFinally(end -> tell(new Ended(exchange, end), isProbe))
                .onErrorComplete(ClientLeft.class);
    }

    private void tell(Ended request, boolean isProbe) {
        log.write(request.line(), isProbe);
        meters.ended(request);
        Spans.end(request);
    }
}
