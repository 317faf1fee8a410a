package io.agentrouter.gateway.route;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Link 1: names the request, before anything can fail. A web filter, since every answer carries the names, errors included. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class Observe implements WebFilter {

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        RequestTrace trace = RequestTrace.from(exchange.getRequest().getHeaders());
        trace.enter(exchange);
        HttpHeaders answer = exchange.getResponse().getHeaders();
        answer.set(RequestTrace.REQUEST_ID, trace.requestId());
        answer.set(RequestTrace.TRACEPARENT, trace.traceparent());
        return chain.filter(exchange);
    }
}
