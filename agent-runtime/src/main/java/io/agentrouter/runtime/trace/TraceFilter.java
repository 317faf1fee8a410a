package io.agentrouter.runtime.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.semconv.HttpAttributes;
import io.opentelemetry.semconv.UrlAttributes;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Keeps a request's {@code traceparent}, or makes one, and returns it with every answer. What may start a run gets a span; probes
 * and the gateway's look at the slots do not.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class TraceFilter implements WebFilter {

    private final Tracing tracing;

    TraceFilter(Tracing tracing) {
        this.tracing = tracing;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        Context sender = TraceContext.read(request.getHeaders());
        Span span = request.getMethod().equals(HttpMethod.POST) ? begin(request, sender) : Span.fromContext(sender);
        Span named = span.getSpanContext().isValid() ? span : Span.wrap(TraceContext.root());
        SpanContext sent = Span.fromContext(sender).getSpanContext();
        exchange.getResponse()
                .getHeaders()
                .set(
                        TraceContext.TRACEPARENT,
                        TraceContext.traceparent(sent.isValid() ? sent : named.getSpanContext()));
        return chain.filter(exchange)
                .doFinally(end -> end(named, exchange))
                .contextWrite(context -> TraceContext.with(context, sender.with(named)));
    }

    private Span begin(ServerHttpRequest request, Context sender) {
        return tracing.tracer()
                .spanBuilder("POST")
                .setSpanKind(SpanKind.SERVER)
                .setParent(sender)
                .setAttribute(HttpAttributes.HTTP_REQUEST_METHOD, "POST")
                .setAttribute(UrlAttributes.URL_SCHEME, request.getURI().getScheme())
                .setAttribute(UrlAttributes.URL_PATH, request.getURI().getPath())
                .startSpan();
    }

    private static void end(Span span, ServerWebExchange exchange) {
        Object route = exchange.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        if (route != null) {
            span.updateName("POST " + route);
            span.setAttribute(HttpAttributes.HTTP_ROUTE, route.toString());
        }
        HttpStatusCode status = exchange.getResponse().getStatusCode();
        if (status != null) {
            span.setAttribute(HttpAttributes.HTTP_RESPONSE_STATUS_CODE, status.value());
        }
        span.end();
    }
}
