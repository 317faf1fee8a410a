package io.agentrouter.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.agentrouter.gateway.TestGateway;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A gateway and the collector that its spans go to. */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class SpansTest {

    private final ScriptedAgent agent = new ScriptedAgent();
    private final List<Span> spans = new CopyOnWriteArrayList<>();

    SpansTest() throws IOException {}

    @Test
    void streamThatBreaksOff_failsTheSpanOfItsPodAndTheRequests() throws IOException {
        HttpServer collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/v1/traces", this::take);
        collector.start();
        agent.play(gateway -> {
            gateway.readBody(gateway.readHead());
            gateway.send(RouteFixture.EVENTS).chunk("data: 1\n\n").close();
        });

        try (TestGateway gateway =
                start("http://127.0.0.1:" + collector.getAddress().getPort())) {
            ask(gateway);

            await().until(() -> spans.size() == 2);
            assertThat(spans)
                    .extracting(Span::getKind, SpansTest::error)
                    .containsExactlyInAnyOrder(
                            tuple(Span.SpanKind.SPAN_KIND_CLIENT, "stream_interrupted"),
                            tuple(Span.SpanKind.SPAN_KIND_SERVER, "stream_interrupted"));
        } finally {
            collector.stop(0);
        }
    }

    @Test
    void collectorThatIsAway_disturbsNoRequest(CapturedOutput output) {
        agent.answerJson("{}");
        try (TestGateway gateway = start("http://127.0.0.1:1")) {
            assertThat(ask(gateway).statusCode()).isEqualTo(200);
        }
        assertThat(output).doesNotContain("\tat ");
    }

    @Test
    void collectorThatIsSilent_disturbsNoRequest_andHoldsUpNoEnd() throws IOException {
        agent.answerJson("{}");
        try (var collector = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            TestGateway gateway = start("http://127.0.0.1:" + collector.getLocalPort());
            assertThat(ask(gateway).statusCode()).isEqualTo(200);

            long begin = System.nanoTime();
            gateway.close();
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(15));
        }
    }

    @Test
    void collectorThatIsNoUrl_failsTheStartNamingTheProperty(CapturedOutput output) {
        assertThatThrownBy(() -> start("collector:4318").close());
        assertThat(output).contains("APPLICATION FAILED TO START", "otel.exporter.otlp.endpoint", "collector:4318");
    }

    private TestGateway start(String collector) {
        return TestGateway.start(
                "router.agents.qa.uri=" + agent.uri(),
                "spring.lifecycle.timeout-per-shutdown-phase=1s",
                "otel.bsp.schedule.delay=50",
                "otel.exporter.otlp.endpoint=" + collector);
    }

    private static HttpResponse<String> ask(TestGateway gateway) {
        return gateway.send(RouteFixture.CHAT, request -> request.POST(BodyPublishers.ofString(RouteFixture.ASK)));
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            ExportTraceServiceRequest.parseFrom(exchange.getRequestBody()).getResourceSpansList().stream()
                    .flatMap(resource -> resource.getScopeSpansList().stream())
                    .flatMap(scope -> scope.getSpansList().stream())
                    .forEach(spans::add);
            exchange.sendResponseHeaders(200, -1);
        }
    }

    private static String error(Span span) {
        return span.getAttributesList().stream()
                .filter(attribute -> attribute.getKey().equals("error.type"))
                .map(attribute -> attribute.getValue().getStringValue())
                .findFirst()
                .orElse("none");
    }

    @AfterEach
    void stop() throws IOException {
        agent.close();
    }
}
