package io.agentrouter.gateway.route;

import io.agentrouter.gateway.problem.ProblemException;
import io.agentrouter.gateway.tenant.Tenant;
import io.agentrouter.gateway.trace.Tracing;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.semconv.ErrorAttributes;
import io.opentelemetry.semconv.HttpAttributes;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;

/** How spans end: with what the access log says too, and never with content. */
final class Spans {

    private static final AttributeKey<String> REQUEST = AttributeKey.stringKey("agentrouter.request");
    private static final AttributeKey<String> TENANT = AttributeKey.stringKey("agentrouter.tenant");
    private static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("agentrouter.outcome");
    private static final AttributeKey<Double> WAIT = AttributeKey.doubleKey("agentrouter.wait");

    private Spans() {}

    /** Ends the span of a request. */
    static void end(Ended request) {
        ServerWebExchange exchange = request.exchange();
        RequestTrace trace = RequestTrace.of(exchange);
        Span span = trace.span();
        if (!span.isRecording()) {
            return;
        }
        String route = route(exchange);
        if (route != null) {
            span.updateName(exchange.getRequest().getMethod().name() + " " + route);
            span.setAttribute(HttpAttributes.HTTP_ROUTE, route);
        }
        span.setAttribute(REQUEST, trace.requestId());
        span.setAttribute(OUTCOME, request.outcome());
        request.type().ifPresent(type -> span.setAttribute(Tracing.AGENT_NAME, type));
        Tenant.find(exchange).ifPresent(tenant -> span.setAttribute(TENANT, tenant.name()));
        request.waited().map(Spans::seconds).ifPresent(wait -> span.setAttribute(WAIT, wait));
        Integer status = request.status();
        if (status != null) {
            span.setAttribute(HttpAttributes.HTTP_RESPONSE_STATUS_CODE, status);
        }
        ProblemException.of(exchange)
                .filter(problem -> problem.problem().status() >= 500)
                .ifPresent(problem -> fail(span, problem));
        span.end();
    }

    /**
     * Ends the span of asking a pod.
     *
     * @param failure what it failed with; null if it did not
     */
    static void end(Span call, @Nullable Throwable failure) {
        switch (failure) {
            case NotBegun notBegun -> fail(call, notBegun.problem());
            case ProblemException problem -> fail(call, problem);
            case null, default -> {} // a client that left
        }
        call.end();
    }

    private static void fail(Span span, ProblemException problem) {
        span.setAttribute(ErrorAttributes.ERROR_TYPE, problem.problem().error().code());
        span.setStatus(StatusCode.ERROR);
    }

    /** The pattern of the path, of which there are few. */
    private static @Nullable String route(ServerWebExchange exchange) {
        Object route = exchange.getAttribute(ServerWebExchangeUtils.GATEWAY_PREDICATE_MATCHED_PATH_ATTR);
        Object pattern = route == null ? exchange.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE) : route;
        return pattern == null ? null : pattern.toString();
    }

    private static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }
}
