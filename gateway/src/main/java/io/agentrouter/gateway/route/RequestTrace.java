package io.agentrouter.gateway.route;

import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;

/**
 * What names a request in every log.
 *
 * @param requestId the client's own if it is one, else made
 * @param traceparent W3C Trace Context, the client's own if it is valid, else the root of a new trace
 * @param tracestate the client's, or null; means nothing without the client's own traceparent
 * @param arrival when the request came, by {@link System#nanoTime}
 */
record RequestTrace(
        String requestId, String traceparent, @Nullable String tracestate, long arrival) {

    static final String REQUEST_ID = "X-Request-Id";
    static final String TRACEPARENT = "traceparent";
    static final String TRACESTATE = "tracestate";

    private static final String ATTRIBUTE = RequestTrace.class.getName();
    private static final Pattern VALID_ID = Pattern.compile("[A-Za-z0-9._-]{1,128}");
    private static final Pattern VALID_TRACEPARENT =
            Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

    static RequestTrace from(HttpHeaders headers) {
        String id = only(headers, REQUEST_ID, VALID_ID);
        String traceparent = only(headers, TRACEPARENT, VALID_TRACEPARENT);
        List<String> states = headers.getOrEmpty(TRACESTATE);
        return new RequestTrace(
                id == null ? hex() + hex() : id,
                traceparent == null ? "00-" + hex() + hex() + "-" + hex() + "-01" : traceparent,
                traceparent == null || states.isEmpty() ? null : String.join(",", states),
                System.nanoTime());
    }

    /** What {@link Observe} found or made; needs that link to have run. */
    static RequestTrace of(ServerWebExchange exchange) {
        return exchange.getRequiredAttribute(ATTRIBUTE);
    }

    void enter(ServerWebExchange exchange) {
        exchange.getAttributes().put(ATTRIBUTE, this);
    }

    private static @Nullable String only(HttpHeaders headers, String name, Pattern valid) {
        List<String> values = headers.getOrEmpty(name);
        return values.size() == 1 && valid.matcher(values.getFirst()).matches() ? values.getFirst() : null;
    }

    /** 16 digits, never all zero. Names need no secrecy, and secure randomness may block. */
    private static String hex() {
        return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE));
    }
}
