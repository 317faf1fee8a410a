package io.agentrouter.e2e.system;

import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Takes what the parts of a system send by OTLP over HTTP (https://opentelemetry.io/docs/specs/otlp/), and keeps it. */
public final class TraceCollector implements AutoCloseable {

    private final List<Collected> spans = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    /**
     * A span as it came.
     *
     * @param service whose it is
     * @param trace its trace's id, in hexadecimal
     * @param id its own
     * @param parent its parent's, empty if it has none
     * @param attributes by name; a list as its values with commas between
     * @param failed whether its status is an error
     */
    public record Collected(
            String service,
            String trace,
            String id,
            String parent,
            String name,
            Span.SpanKind kind,
            long begin,
            Map<String, String> attributes,
            boolean failed) {}

    TraceCollector() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/v1/traces", this::take);
        server.start();
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** All spans of a trace, in the order in which they began, as soon as they are as many as this wants. */
    public List<Collected> awaitTrace(String trace, Predicate<List<Collected>> whole) {
        await().alias("spans of " + trace).until(() -> whole.test(of(trace)));
        return of(trace);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private List<Collected> of(String trace) {
        return spans.stream()
                .filter(span -> span.trace().equals(trace))
                .sorted(Comparator.comparingLong(Collected::begin))
                .toList();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            ExportTraceServiceRequest.parseFrom(exchange.getRequestBody())
                    .getResourceSpansList()
                    .forEach(this::take);
            exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
            exchange.sendResponseHeaders(200, -1);
            ExportTraceServiceResponse.getDefaultInstance().writeTo(exchange.getResponseBody());
        }
    }

    private void take(ResourceSpans sent) {
        String service = Optional.ofNullable(
                        attributes(sent.getResource().getAttributesList()).get("service.name"))
                .orElseThrow();
        sent.getScopeSpansList().stream()
                .flatMap(scope -> scope.getSpansList().stream())
                .map(span -> collected(service, span))
                .forEach(spans::add);
    }

    private static Collected collected(String service, Span span) {
        return new Collected(
                service,
                hex(span.getTraceId()),
                hex(span.getSpanId()),
                hex(span.getParentSpanId()),
                span.getName(),
                span.getKind(),
                span.getStartTimeUnixNano(),
                attributes(span.getAttributesList()),
                span.getStatus().getCode() == Status.StatusCode.STATUS_CODE_ERROR);
    }

    private static Map<String, String> attributes(List<KeyValue> attributes) {
        return attributes.stream().collect(Collectors.toMap(KeyValue::getKey, pair -> text(pair.getValue())));
    }

    private static String text(AnyValue value) {
        return switch (value.getValueCase()) {
            case STRING_VALUE -> value.getStringValue();
            case INT_VALUE -> Long.toString(value.getIntValue());
            case DOUBLE_VALUE -> Double.toString(value.getDoubleValue());
            case BOOL_VALUE -> Boolean.toString(value.getBoolValue());
            case ARRAY_VALUE ->
                value.getArrayValue().getValuesList().stream()
                        .map(TraceCollector::text)
                        .collect(Collectors.joining(","));
            default -> throw new IllegalArgumentException("no such attribute is expected: " + value);
        };
    }

    private static String hex(ByteString bytes) {
        return HexFormat.of().formatHex(bytes.toByteArray());
    }
}
