package io.agentrouter.gateway.route;

import io.agentrouter.gateway.trace.TraceContext;
import io.agentrouter.gateway.trace.Tracing;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.context.Context;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;

/**
 * What names a request in every log and trace.
 *
 * @param requestId the client's own if it is one, else made
 * @param span the request's own, in the client's trace if it names one, else in a new trace
 * @param traceparent W3C Trace Context as the client is told it: its own if it sent one, else the span's
 * @param arrival when the request came, by {@link System#nanoTime}
 */
record RequestTrace(String requestId, Span span, String traceparent, long arrival) {

    static final String REQUEST_ID = "X-Request-Id";

    private static final String ATTRIBUTE = RequestTrace.class.getName();
    private static final Pattern VALID_ID = Pattern.compile("[A-Za-z0-9._-]{1,128}");

    static RequestTrace begin(ServerHttpRequest request, Tracing tracing, boolean recorded) {
        long arrival = System.nanoTime();
        Context sender = TraceContext.read(request.getHeaders());
        Span span = tracing.request(request, sender, recorded);
        SpanContext sent = Span.fromContext(sender).getSpanContext();
        String traceparent = TraceContext.traceparent(sent.isValid() ? sent : span.getSpanContext());
        return new RequestTrace(requestId(request.getHeaders()), span, traceparent, arrival);
    }

    /** What {@link Observe} found or made; needs that link to have run. */
    static RequestTrace of(ServerWebExchange exchange) {
        return exchange.getRequiredAttribute(ATTRIBUTE);
    }

    void enter(ServerWebExchange exchange) {
        exchange.getAttributes().put(ATTRIBUTE, this);
    }

    private static String requestId(HttpHeaders headers) {
        List<String> ids = headers.getOrEmpty(REQUEST_ID);
        return ids.size() == 1 && VALID_ID.matcher(ids.getFirst()).matches() ? ids.getFirst() : hex() + hex();
    }

    /** 16 digits. Names need no secrecy, and secure randomness may block. */
    private static String hex() {
        return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    }
}
