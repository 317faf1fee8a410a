package io.agentrouter.gateway.health;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agentrouter.gateway.FakeAgent;
import io.agentrouter.gateway.RedisOnFreePort;
import io.agentrouter.gateway.TestGateway;
import io.agentrouter.gateway.testing.ApiAnswer;
import io.agentrouter.gateway.testing.ApiDocument;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class HealthTest {

    private static final RedisOnFreePort redis = new RedisOnFreePort();
    private static final FakeAgent qa = new FakeAgent();
    private static final FakeAgent coding = new FakeAgent();
    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        gateway = TestGateway.start(
                "router.agents.qa.uri=" + qa.uri(),
                "router.agents.coding.uri=" + coding.uri(),
                "router.discovery.check-age=200ms",
                "router.discovery.max-waiting=20",
                "spring.data.redis.url=" + redis.url());
    }

    @AfterAll
    static void stop() {
        gateway.close();
        qa.close();
        coding.close();
        redis.close();
    }

    @BeforeEach
    void allWell() {
        Stream.of(qa, coding)
                .forEach(agent -> agent.answerHealth(200, "{\"status\":\"ok\",\"checks\":{},\"modes\":[]}"));
        redis.start();
        await().untilAsserted(
                        () -> assertThat(gateway.get("/health").statusCode()).isEqualTo(200));
    }

    @Test
    void everythingWell_hasOneCheckForRedisAndOneForEachAgent() {
        assertThat(gateway.get("/health").body())
                .isEqualTo(
                        "{\"status\":\"ok\",\"checks\":{\"coding\":\"ok\",\"qa\":\"ok\",\"redis\":\"ok\"},\"modes\":[]}");
    }

    @Test
    void redisAway_isDownAndComesBack(CapturedOutput output) {
        redis.stop();
        awaitDegraded("{\"coding\":\"ok\",\"qa\":\"ok\",\"redis\":\"down\"}");
        redis.start();
        await().atMost(10, SECONDS)
                .untilAsserted(
                        () -> assertThat(gateway.get("/health").statusCode()).isEqualTo(200));
        assertThat(output).doesNotContain("ERROR");
    }

    @Test
    void agentSaysDegraded_isDown() {
        qa.answerHealth(503, "{\"status\":\"degraded\",\"checks\":{\"model\":\"down\"}}");
        awaitDegraded("{\"coding\":\"ok\",\"qa\":\"down\",\"redis\":\"ok\"}");
        assertThat(gateway.get("/agents").body())
                .contains("{\"status\":\"degraded\",\"checks\":{\"model\":\"down\"},\"modes\":[]}");
    }

    @Test
    void agentOfAnotherMakeSaysOkInItsOwnWords_isOk() {
        qa.answerHealth(200, "fine");
        awaitHealthIsAskedAgain();
        assertThat(gateway.get("/health").statusCode()).isEqualTo(200);
    }

    @Test
    void silentAgent_isDownWithinTheDeadline(CapturedOutput output) {
        coding.answerHealth(200, null);
        awaitHealthIsAskedAgain();
        long start = System.nanoTime();
        awaitDegraded("{\"coding\":\"down\",\"qa\":\"ok\",\"redis\":\"ok\"}");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
        assertThat(gateway.get("/agents").body()).contains("\"status\":\"unreachable\"");
        assertThat(output).doesNotContain("ERROR");
    }

    @Test
    void manyAskAtOnce_agentsAreAskedOnceAndTheRestIsRefused() {
        coding.answerHealth(200, null);
        awaitHealthIsAskedAgain();
        await().until(() -> gateway.get("/health").statusCode() == 503);
        await().pollDelay(Duration.ofMillis(300)).until(() -> true); // past check-age
        int before = qa.asked();

        var answers = Stream.generate(() -> CompletableFuture.supplyAsync(() -> gateway.get("/health")))
                .limit(60)
                .toList();
        var api = ApiDocument.parse(gateway.get("/openapi.json").body());
        var codes = answers.stream()
                .map(CompletableFuture::join)
                .peek(answer -> assertThat(api.differences(new ApiAnswer(
                                "GET",
                                "/health",
                                answer.statusCode(),
                                answer.headers().map(),
                                answer.body())))
                        .isEmpty())
                .map(HttpResponse::body)
                .toList();

        assertThat(qa.asked() - before).isLessThanOrEqualTo(4);
        assertThat(codes).filteredOn(body -> body.contains("discovery_busy")).isNotEmpty();
    }

    @Test
    void livezAndReadyz_dependOnNeitherRedisNorAgents() {
        redis.stop();
        Stream.of(qa, coding).forEach(agent -> agent.answerHealth(503, ""));
        awaitDegraded("{\"coding\":\"down\",\"qa\":\"down\",\"redis\":\"down\"}");
        for (String path : new String[] {"/livez", "/readyz"}) {
            assertThat(gateway.get(path).statusCode()).isEqualTo(200);
            assertThat(gateway.get(path).body()).isEqualTo("{\"status\":\"ok\",\"checks\":{},\"modes\":[]}");
        }
    }

    @Test
    void draining_isAliveAndNotReady() {
        AvailabilityChangeEvent.publish(gateway.context(), ReadinessState.REFUSING_TRAFFIC);
        try {
            assertThat(gateway.get("/readyz").statusCode()).isEqualTo(503);
            assertThat(gateway.get("/readyz").body()).contains("{\"drain\":\"down\"}");
            assertThat(gateway.get("/livez").statusCode()).isEqualTo(200);
        } finally {
            AvailabilityChangeEvent.publish(gateway.context(), ReadinessState.ACCEPTING_TRAFFIC);
        }
    }

    private static void awaitDegraded(String checks) {
        await().atMost(10, SECONDS).untilAsserted(() -> {
            var answer = gateway.get("/health");
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).isEqualTo("{\"status\":\"degraded\",\"checks\":" + checks + ",\"modes\":[]}");
        });
    }

    private static void awaitHealthIsAskedAgain() {
        int before = qa.asked();
        await().until(() -> {
            gateway.get("/health");
            return qa.asked() > before;
        });
    }
}
