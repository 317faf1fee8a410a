package io.agentrouter.gateway.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceId;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** How a trace goes from process to process: W3C Trace Context (https://www.w3.org/TR/trace-context/). */
public final class TraceContext {

    /** The header that names the trace and the span within it. */
    public static final String TRACEPARENT = "traceparent";

    private static final String TRACESTATE = "tracestate";
    private static final W3CTraceContextPropagator W3C = W3CTraceContextPropagator.getInstance();

    private TraceContext() {}

    /** Writes where a span stands, header by header. */
    public static void write(Span span, BiConsumer<String, String> header) {
        W3C.inject(Context.root().with(span), header, (to, name, value) -> {
            if (to != null) {
                to.accept(name, value);
            }
        });
    }

    /** The same as the value of {@link #TRACEPARENT}. */
    public static String traceparent(SpanContext span) {
        return "00-" + span.getTraceId() + "-" + span.getSpanId() + "-"
                + span.getTraceFlags().asHex();
    }

    /** Whether a header, by its name in lower case, is one that {@link #write} writes. */
    public static boolean contains(String header) {
        return TRACEPARENT.equals(header) || TRACESTATE.equals(header);
    }

    /** Where the sender of a request stands; at no span if it does not say so, or not in a valid way. */
    public static Context read(HttpHeaders headers) {
        return W3C.extract(Context.root(), headers, Headers.INSTANCE);
    }

    /** A new trace, which others may record though nobody here does. */
    static SpanContext root() {
        ThreadLocalRandom random =
                ThreadLocalRandom.current(); // names need no secrecy, and secure randomness may block
        return SpanContext.create(
                TraceId.fromLongs(random.nextLong(), random.nextLong(1, Long.MAX_VALUE)),
                SpanId.fromLong(random.nextLong(1, Long.MAX_VALUE)),
                TraceFlags.getSampled(),
                TraceState.getDefault());
    }

    /** A trace that is named twice is not named; the states of one may come in several headers. */
    private enum Headers implements TextMapGetter<HttpHeaders> {
        INSTANCE;

        @Override
        public Iterable<String> keys(HttpHeaders headers) {
            return headers.headerNames();
        }

        @Override
        public @Nullable String get(@Nullable HttpHeaders headers, String name) {
            List<String> values = headers == null ? List.of() : headers.getOrEmpty(name);
            return switch (values.size()) {
                case 0 -> null;
                case 1 -> values.getFirst();
                default -> name.equals(TRACESTATE) ? String.join(",", values) : null;
            };
        }
    }
}
