package io.agentrouter.gateway.trace;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.context.Context;
import io.opentelemetry.semconv.HttpAttributes;
import io.opentelemetry.semconv.ServerAttributes;
import io.opentelemetry.semconv.UrlAttributes;
import java.net.URI;
import java.util.Set;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Begins the spans of a request: one of its own, and one for each pod that is asked, named by OpenTelemetry's semantic conventions
 * for HTTP and for generative AI. Without a collector nothing is recorded, but what the client says of its trace goes on.
 */
public final class Tracing {

    /** The agent type. */
    public static final AttributeKey<String> AGENT_NAME = AttributeKey.stringKey("gen_ai.agent.name");

    private static final AttributeKey<String> OPERATION = AttributeKey.stringKey("gen_ai.operation.name");
    private static final AttributeKey<String> PROVIDER = AttributeKey.stringKey("gen_ai.provider.name");
    private static final String INVOKE_AGENT = "invoke_agent";

    private static final String SCOPE = "io.agentrouter.gateway";
    private static final Tracer NONE = TracerProvider.noop().get(SCOPE);
    private static final Set<HttpMethod> METHODS = Set.of(HttpMethod.values());

    private final Tracer tracer;

    Tracing(OpenTelemetry openTelemetry) {
        this.tracer = openTelemetry.getTracer(SCOPE);
    }

    /**
     * Begins the span of a request.
     *
     * @param sender where its sender stands
     * @param recorded whether it is worth a span of its own
     * @return the span; whoever ends it gives it the rest of its attributes
     */
    public Span request(ServerHttpRequest request, Context sender, boolean recorded) {
        String method =
                METHODS.contains(request.getMethod()) ? request.getMethod().name() : "_OTHER";
        URI uri = request.getURI();
        Span span = (recorded ? tracer : NONE)
                .spanBuilder(method)
                .setSpanKind(SpanKind.SERVER)
                .setParent(sender)
                .setAttribute(HttpAttributes.HTTP_REQUEST_METHOD, method)
                .setAttribute(UrlAttributes.URL_SCHEME, uri.getScheme())
                .setAttribute(UrlAttributes.URL_PATH, uri.getPath())
                .startSpan();
        return span.getSpanContext().isValid() ? span : Span.wrap(TraceContext.root());
    }

    /** Begins the span of asking one pod. */
    public Span call(Span request, String type, URI pod) {
        SpanBuilder span = tracer.spanBuilder(INVOKE_AGENT + " " + type)
                .setSpanKind(SpanKind.CLIENT)
                .setParent(Context.root().with(request))
                .setAttribute(OPERATION, INVOKE_AGENT)
                .setAttribute(PROVIDER, "agent-router")
                .setAttribute(AGENT_NAME, type)
                .setAttribute(HttpAttributes.HTTP_REQUEST_METHOD, "POST")
                .setAttribute(ServerAttributes.SERVER_ADDRESS, pod.getHost());
        if (pod.getPort() >= 0) {
            span.setAttribute(ServerAttributes.SERVER_PORT, (long) pod.getPort());
        }
        return span.startSpan();
    }
}
