package io.agentrouter.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.agentrouter.gateway.route.ScriptedAgent.Script;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No run goes to agents that fail run after run, for a while. */
class BreakerTest extends RouteFixture {

    private final AtomicInteger asked = new AtomicInteger();

    /** What agents do wrong, and what their clients are told. */
    private static Stream<Arguments> faults() {
        return Stream.of(
                fault("{}", gateway -> gateway.send("HTTP/1.1 500 Oh\r\nContent-Length: 2\r\n\r\n{}")),
                fault("agent_failed", Wire::reset),
                fault("timeout_first_byte", gateway -> gateway.endsWithin(20_000)),
                fault(
                        "stream_interrupted",
                        gateway -> gateway.send(EVENTS).chunk("data: 1\n\n").reset()),
                fault(
                        "timeout_idle",
                        gateway -> gateway.send(EVENTS).chunk("data: 1\n\n").endsWithin(20_000)));
    }

    private static Arguments fault(String told, Script script) {
        return arguments(told, script);
    }

    @Override
    String[] properties() {
        return with(
                "router.endpoints.breaker.minimum-runs=4",
                "router.endpoints.breaker.window=4",
                "router.endpoints.breaker.open=2s",
                "router.endpoints.breaker.trial-runs=1",
                "router.endpoints.breaker.trial=3s",
                "router.endpoints.ejection.failures=1000",
                "router.agents.qa.timeouts.first-byte=1s",
                "router.agents.qa.timeouts.idle=1s",
                "router.agents.qa.timeouts.total=4s",
                "router.agents.qa.resources.slots=1",
                "router.agents.qa.max-body=32MB",
                "router.max-buffered=1KB");
    }

    @BeforeEach
    void closed() {
        breaker().transitionToClosedState(); // ends the time of trials, which a reset leaves running
        breaker().reset();
        asked.set(0);
    }

    @ParameterizedTest
    @MethodSource("faults")
    void agentsThatFail_areNotAsked_untilATrialGoesWell(String told, Script script) throws IOException {
        agentDoes(script);
        for (int i = 0; i < 4; i++) {
            assertThat(ask()).contains(told);
        }
        await().until(() -> breaker().getState() == State.OPEN);

        isRefused("Retry-After: 2");
        await().untilAsserted(() -> isRefused("Retry-After: 1"));
        assertThat(asked).hasValue(4);

        agentSays("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nwell");
        await().until(() -> ask().equals("well"));
        await().until(() -> breaker().getState() == State.CLOSED);
    }

    private void isRefused(String retryAfter) throws IOException {
        try (Wire client = client().post(CHAT, ASK)) {
            List<String> head = client.readHead();
            byte[] body = client.readBody(head);
            assertThat(head.getFirst()).contains(" 503 ");
            assertThat(head).contains(retryAfter, "X-Should-Retry: true");
            assertThat(body).asString().contains("\"breaker_open\"", "\"queue\":{\"length\":0,");
            isDescribed(head, body);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 400 No\r\nContent-Length: 2\r\n\r\n{}",
                "HTTP/1.1 502 Model\r\nX-Agent-Fault: false\r\nX-Should-Retry: false\r\nContent-Length: 2\r\n\r\n{}",
                "HTTP/1.1 502 Model\r\nX-Agent-Fault: false\r\nContent-Type: text/event-stream\r\nContent-Length: 2\r\n\r\n\n\n",
                "HTTP/1.1 503 Redis\r\nX-Should-Retry: true\r\nContent-Length: 2\r\n\r\n{}"
            })
    void whatIsNoFaultOfTheAgents_doesNotCount(String answer) throws IOException {
        agentSays(answer);
        for (int i = 0; i < 8; i++) {
            ask();
        }
        assertThat(asked).hasValue(8);
        assertThat(breaker().getState()).isEqualTo(State.CLOSED);
    }

    @Test
    void refusalsOfPods_doNotCount() throws IOException {
        agentSays("HTTP/1.1 503 No\r\nX-Agent-Refused: busy\r\nContent-Length: 2\r\n\r\n{}");
        for (int i = 0; i < 8; i++) {
            int before = asked.get();
            await().until(() -> {
                ask("Prefer: wait=0");
                return asked.get() > before;
            });
        }
        assertThat(breaker().getState()).isEqualTo(State.CLOSED);
    }

    @Test
    void clientsThatLeave_doNotCount_andTakeNoTrial() throws IOException {
        agent.play(gateway -> {
            asked.incrementAndGet();
            gateway.endsWithin(20_000);
        });
        tryAgain();
        for (int i = 1; i <= 3; i++) {
            try (Wire client = client().post(CHAT, ASK)) {
                int trial = i;
                await().until(() -> asked.get() == trial);
                client.reset();
            }
            await().until(() -> active() == 0);
        }
        assertThat(breaker().getState()).isEqualTo(State.HALF_OPEN);
    }

    @Test
    void streamWhoseClientClosesAtTheLastEvent_isATrialThatWentWell() throws IOException {
        agent.play(gateway -> {
            gateway.readBody(gateway.readHead());
            gateway.send(EVENTS).chunk("data: [DONE]\n\n").endsWithin(20_000);
        });
        tryAgain();
        try (Wire client = client().post(CHAT, ASK)) {
            client.readHead();
            client.readChunk();
        }
        await().until(() -> breaker().getState() == State.CLOSED);
    }

    @Test
    void clientsThatDoNotSendTheirBodies_areToldSo_andDoNotCount() throws IOException {
        agentDoes(gateway -> gateway.endsWithin(20_000));
        try (Wire client =
                client().send(Wire.head("/agents/qa" + CHAT, "Content-Length: 100000", "Accept: text/event-stream"))) {
            client.send("{\"model\":");
            List<String> head = client.readHead();
            assertThat(head.getFirst()).contains(" 408 ");
            assertThat(client.readBody(head)).asString().contains("\"request_timeout\"", "within 1 s");
        }
        await().until(() -> active() == 0);
        assertThat(failures()).isZero();
    }

    @Test
    void agentThatDoesNotTakeABody_counts() throws Exception {
        agent.play(gateway -> Thread.sleep(3000)); // the deaf agent
        try (Wire client = client().send(
                        Wire.head("/agents/qa" + CHAT, "Content-Length: 30000000", "Accept: text/event-stream"))) {
            client.sendUntilStuck();
            assertThat(client.readHead()).first().asString().contains(" 504 ");
        }
        await().until(() -> failures() == 1);
    }

    @Test
    void agentThatIsSilentUntilTheTotalLimit_counts() throws IOException {
        agentDoes(gateway -> gateway.endsWithin(20_000));
        assertThat(askForWhole()).contains("timeout_total");
        await().until(() -> failures() == 1);
    }

    @Test
    void requestThatWaitedForMostOfTheTotalLimit_doesNotCount() throws Exception {
        agentDoes(gateway -> {
            if (asked.get() == 1) {
                Thread.sleep(3000); // most of the 4 s
                gateway.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
            } else {
                gateway.endsWithin(20_000);
            }
        });
        try (Wire first = client().post(CHAT, ASK)) {
            await().until(() -> asked.get() == 1);
            assertThat(askForWhole()).contains("timeout_total");
            first.readHead();
        }
        await().until(() -> active() == 0);
        assertThat(asked).hasValue(2);
        assertThat(failures()).isZero();
    }

    @Test
    void streamThatItsClientDoesNotReadUntilTheTotalLimit_doesNotCount() throws Exception {
        agentDoes(gateway -> {
            gateway.send(EVENTS);
            while (true) {
                gateway.chunk("data: " + "x".repeat(8000) + "\n\n");
            }
        });
        try (Wire client = client().post(CHAT, ASK_STREAM)) {
            client.readHead();
            await().until(() -> active() == 0);
        }
        await().until(() -> outstanding() == 0);
        assertThat(failures()).isZero();
    }

    @Test
    void trialThatTakesLong_keepsOthersOutNoLongerThanItMayTakeToFail() throws IOException {
        agentDoes(gateway -> {
            gateway.send(EVENTS);
            while (!gateway.endsWithin(100)) {
                gateway.chunk("data: 1\n\n");
            }
        });
        tryAgain();
        try (Wire trial = client().post(CHAT, ASK_STREAM)) {
            trial.readHead();
            assertThat(breaker().getState()).isEqualTo(State.HALF_OPEN);
            await().atMost(Duration.ofSeconds(4)).until(() -> breaker().getState() == State.CLOSED);
        }
    }

    private int failures() {
        return breaker().getMetrics().getNumberOfFailedCalls();
    }

    private String askForWhole() throws IOException {
        try (Wire client = client().post(CHAT, ASK)) {
            return new String(client.readBody(client.readHead()), StandardCharsets.UTF_8);
        }
    }

    /** Goes over to trials as soon as it is time. */
    private void tryAgain() {
        breaker().transitionToOpenState();
        await().until(() -> {
            breaker().tryAcquirePermission();
            return breaker().getState() != State.OPEN;
        });
        breaker().releasePermission();
    }

    private void agentSays(String answer) {
        agentDoes(gateway -> gateway.send(answer));
    }

    private void agentDoes(Script script) {
        agent.play(gateway -> {
            gateway.readBody(gateway.readHead());
            asked.incrementAndGet();
            script.play(gateway);
        });
    }

    private String ask(String... headers) throws IOException {
        try (Wire client = client().post(CHAT, ASK_STREAM, headers)) {
            return new String(client.readBody(client.readHead()), StandardCharsets.UTF_8);
        }
    }

    private CircuitBreaker breaker() {
        return gateway.context().getBean(CircuitBreakerRegistry.class).circuitBreaker("qa");
    }
}
