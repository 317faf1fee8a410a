package io.agentrouter.gateway.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.agentrouter.gateway.FakeAgent;
import io.agentrouter.gateway.RedisOnFreePort;
import io.agentrouter.gateway.TestGateway;
import io.agentrouter.gateway.testing.ApiAnswer;
import io.agentrouter.gateway.testing.ApiDocument;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;

/** What the gateway itself answers is what its document says. */
class OpenApiAnswersTest {

    private static final String CHAT = "/v1/chat/completions";

    private static final RedisOnFreePort redis = new RedisOnFreePort();
    private static final FakeAgent qa = new FakeAgent();
    private static TestGateway gateway;
    private static ApiDocument api;

    @BeforeAll
    static void start() {
        gateway = TestGateway.start(
                "router.agents.qa.uri=" + qa.uri(),
                "router.agents.coding.uri=" + qa.uri(),
                "router.agents.away.uri=http://127.0.0.1:1",
                "router.agents.away.description=Nobody is there.",
                "router.agents.away.resources.memory=1Gi",
                "router.agents.away.resources.cpu=500m",
                "router.agents.away.resources.slots=1",
                "router.agents.away.max-body=1KB",
                "router.discovery.check-age=0s",
                "router.max-buffered=2KB",
                "spring.data.redis.url=" + redis.url());
        api = ApiDocument.parse(gateway.get("/openapi.json").body());
    }

    @AfterAll
    static void stop() {
        gateway.close();
        qa.close();
        redis.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/models,200",
        "/v1/models/qa,200",
        "/v1/models/legal,404",
        "/v1/models/QA,404",
        "/agents,200",
        "/openapi.json,200",
        "/health,503",
        "/livez,200",
        "/readyz,200",
        "/v1/chat/completions,405",
        "/agents/qa/v1/chat/completions,405",
        "/agents/qa,404",
        "/v1,404",
        "/,404",
        "/actuator,404",
        "/actuator/health,404"
    })
    void get(String path, int status) {
        HttpResponse<String> answer = gateway.get(path);
        assertThat(answer.statusCode()).isEqualTo(status);
        isDescribed("GET", path, answer);
    }

    @ParameterizedTest
    @CsvSource({"PUT,/agents", "DELETE,/v1/models", "POST,/health", "POST,/v1/models/qa", "PUT,/v1/chat/completions"})
    void otherMethod(String method, String path) {
        HttpResponse<String> answer = gateway.send(path, request -> request.method(method, BodyPublishers.noBody()));
        assertThat(answer.statusCode()).isEqualTo(405);
        isDescribed(method, path, answer);
    }

    static Stream<Arguments> posts() {
        return Stream.of(
                argumentSet("no type", CHAT, "{}", 400),
                argumentSet("unknown type", CHAT, "{\"model\":\"legal\"}", 404),
                argumentSet("sources that disagree", "/agents/qa" + CHAT + "?agent-type=coding", "{}", 400),
                argumentSet("empty type", CHAT + "?agent-type", "{}", 400),
                argumentSet("model that is no string", CHAT, "{\"model\":1}", 400),
                argumentSet("no JSON", "/agents/qa" + CHAT, "[", 400),
                argumentSet("large body that alone names its type", CHAT, "{\"model\":\"" + "x".repeat(3000), 400),
                argumentSet("too large a body", "/agents/away" + CHAT, "{\"x\":\"" + "x".repeat(1500) + "\"}", 413),
                argumentSet("much too large a body", "/agents/away" + CHAT, "x".repeat(3000), 413),
                argumentSet("no agent", CHAT, "{\"model\":\"away\"}", 503));
    }

    @ParameterizedTest
    @MethodSource("posts")
    void post(String path, String body, int status) {
        HttpResponse<String> answer = gateway.send(path, request -> request.POST(BodyPublishers.ofString(body)));
        assertThat(answer.statusCode()).isEqualTo(status);
        isDescribed("POST", path, answer);
    }

    @Test
    void drainingGateway() {
        AvailabilityChangeEvent.publish(gateway.context(), ReadinessState.REFUSING_TRAFFIC);
        try {
            HttpResponse<String> answer = gateway.get("/readyz");
            assertThat(answer.statusCode()).isEqualTo(503);
            isDescribed("GET", "/readyz", answer);
        } finally {
            AvailabilityChangeEvent.publish(gateway.context(), ReadinessState.ACCEPTING_TRAFFIC);
        }
    }

    @Test
    void agentThatIsDegraded() {
        qa.answerHealth(503, "{\"status\":\"degraded\",\"checks\":{\"model\":\"down\"},\"modes\":[\"exec-off\"]}");
        await().untilAsserted(() -> assertThat(gateway.get("/agents").body()).contains("\"model\":\"down\""));
        isDescribed("GET", "/agents", gateway.get("/agents"));
    }

    private static void isDescribed(String method, String path, HttpResponse<String> answer) {
        assertThat(api.differences(new ApiAnswer(
                        method, path, answer.statusCode(), answer.headers().map(), answer.body())))
                .as(answer.body())
                .isEmpty();
    }
}
