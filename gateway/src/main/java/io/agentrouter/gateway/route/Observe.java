package io.agentrouter.gateway.route;

import io.agentrouter.gateway.log.AccessLog;
import io.agentrouter.gateway.problem.ClientLeft;
import io.agentrouter.gateway.server.Ending;
import io.agentrouter.gateway.trace.TraceContext;
import io.agentrouter.gateway.trace.Tracing;
import java.util.Set;
import org.springframework.boot.webflux.error.ErrorWebExceptionHandler;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;
import reactor.core.publisher.Mono;

/** Link 1: names the request before anything can fail, answers whatever fails, and logs, counts and traces it when all has ended. */
final class Observe {

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

    /** Goes around all that is done for a request. */
    Mono<Void> around(ServerWebExchange exchange, WebHandler rest) {
        ServerHttpRequest request = exchange.getRequest();
        boolean isProbe = PROBES.contains(request.getURI().getRawPath());
        RequestTrace trace = RequestTrace.begin(request, tracing, !isProbe);
        trace.enter(exchange);
        HttpHeaders answer = exchange.getResponse().getHeaders();
        answer.set(RequestTrace.REQUEST_ID, trace.requestId());
        answer.set(TraceContext.TRACEPARENT, trace.traceparent());
        Mono<Void> answered = Mono.defer(() -> rest.handle(exchange))
                .onErrorResume(error -> !(error instanceof ClientLeft), error -> answer(exchange, error));
        return Ending.of(answered, (how, error) -> tell(new Ended(exchange, how), isProbe))
                .onErrorComplete(ClientLeft.class);
    }

    /** In the stream that the client has already, or as an answer of its own. */
    private Mono<Void> answer(ServerWebExchange exchange, Throwable error) {
        return Place.find(exchange)
                .flatMap(Place::stream)
                .map(stream -> stream.tell(error))
                .orElseGet(() -> errors.handle(exchange, error));
    }

    private void tell(Ended request, boolean isProbe) {
        log.write(request.line(), isProbe);
        meters.ended(request);
        Spans.end(request);
    }
}
