package io.agentrouter.runtime.trace;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.semconv.ErrorAttributes;
import java.util.function.Function;
import reactor.core.publisher.Flux;

/** Spans around what a run does. Without a collector nothing is recorded, but the trace that the request names goes on. */
public final class Tracing {

    private final Tracer tracer;

    public Tracing(OpenTelemetry openTelemetry) {
        this.tracer = openTelemetry.getTracer("io.agentrouter.runtime");
    }

    /**
     * A span from a subscription to its end: child of the span in the subscriber's context, and parent of those within.
     *
     * @param work makes what is subscribed to, and may add to the span while it goes on
     */
    public <T> Flux<T> around(String name, SpanKind kind, Attributes attributes, Function<Span, Flux<T>> work) {
        return Flux.deferContextual(context -> {
            Context parent = TraceContext.of(context);
            Span span = tracer.spanBuilder(name)
                    .setSpanKind(kind)
                    .setParent(parent)
                    .setAllAttributes(attributes)
                    .startSpan();
            return work.apply(span)
                    .doFinally(end -> span.end())
                    .contextWrite(inner -> TraceContext.with(inner, parent.with(span)));
        });
    }

    /** What the span is around has failed; {@code type} is one of few. */
    public static void failed(Span span, String type) {
        span.setAttribute(ErrorAttributes.ERROR_TYPE, type);
        span.setStatus(StatusCode.ERROR);
    }

    Tracer tracer() {
        return tracer;
    }
}
