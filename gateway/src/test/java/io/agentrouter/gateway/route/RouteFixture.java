package io.agentrouter.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentrouter.gateway.TestGateway;
import io.agentrouter.gateway.admission.Admission;
import io.agentrouter.gateway.catalog.AgentType;
import io.agentrouter.gateway.catalog.Catalog;
import io.agentrouter.gateway.endpoint.Endpoints;
import io.agentrouter.gateway.route.body.BodyBudget;
import io.agentrouter.gateway.testing.ApiAnswer;
import io.agentrouter.gateway.testing.ApiDocument;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** A gateway with one scripted agent of type qa, and raw connections to it. */
@Timeout(30)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RouteFixture {

    static final String CHAT = "/v1/chat/completions";
    static final String ASK = "{\"model\":\"qa\",\"messages\":[]}";
    static final String ASK_STREAM = "{\"model\":\"qa\",\"stream\":true}";
    static final String EVENTS =
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";

    /** With it begin the names of what is set for connections to agents. */
    static final String POOL = "spring.cloud.gateway.server.webflux.httpclient.pool.";

    final ScriptedAgent agent = newAgent();
    final TestGateway gateway = TestGateway.start(properties());
    private final ApiDocument api =
            ApiDocument.parse(gateway.get("/openapi.json").body());

    String[] properties() {
        return with();
    }

    final String[] with(String... more) {
        return Stream.concat(
                        Stream.of(
                                "router.agents.qa.uri=" + agent.uri(),
                                "spring.lifecycle.timeout-per-shutdown-phase=1s"),
                        Stream.of(more))
                .toArray(String[]::new);
    }

    /** Bytes of request bodies that the gateway holds. */
    final long held() {
        return gateway.context().getBean(BodyBudget.class).held();
    }

    /** Requests that wait for a slot of a type. */
    final int waiting(String type) {
        var catalog = gateway.context().getBean(Catalog.class);
        return gateway.context()
                .getBean(Admission.class)
                .state(catalog.get(type))
                .length();
    }

    /** Connections to agents that carry a request. */
    final double active() {
        return gateway
                .context()
                .getBean(MeterRegistry.class)
                .find("reactor.netty.connection.provider.active.connections")
                .gauges()
                .stream()
                .mapToDouble(Gauge::value)
                .sum();
    }

    /** Runs at the agent of type qa that have not been settled. */
    final int outstanding() {
        AgentType type = gateway.context().getBean(Catalog.class).get("qa");
        return gateway.context()
                .getBean(Endpoints.class)
                .usable(type)
                .getFirst()
                .outstanding();
    }

    Wire client() throws IOException {
        return Wire.to(gateway.uri("/"));
    }

    /** Holds an answer to a POST of {@link #CHAT} against its description. */
    final void isDescribed(List<String> head, byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8);
        assertThat(api.differences(ApiAnswer.of("POST", CHAT, head, text)))
                .as(text)
                .isEmpty();
    }

    private static ScriptedAgent newAgent() {
        try {
            return new ScriptedAgent();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterAll
    void stop() throws IOException {
        gateway.close();
        agent.close();
    }
}
