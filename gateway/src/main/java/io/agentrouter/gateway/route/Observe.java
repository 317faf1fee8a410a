package io.agentrouter.gateway.route;

import io.agentrouter.gateway.problem.ClientLeft;
import org.springframework.boot.webflux.error.ErrorWebExceptionHandler;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Link 1: names the request before anything can fail, and logs it when all has ended. A web filter, since every answer
 * carries the names, errors included.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class Observe implements WebFilter {

    private final ErrorWebExceptionHandler errors;

    Observe(ErrorWebExceptionHandler errors) {
        this.errors = errors;
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
                .doFinally(end -> AccessLog.write(exchange, end))
                .onErrorComplete(ClientLeft.class);
    }
}
