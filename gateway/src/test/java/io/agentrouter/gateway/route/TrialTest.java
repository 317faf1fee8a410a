package io.agentrouter.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs that are tried decide whether others may begin again; those that began before the agents failed do not. */
class TrialTest extends RouteFixture {

    private static final int TRIALS = 2;
    private static final int OLDER = 3;

    /** Also end the connection, on which the agent would wait for the end rather than for the next run. */
    private static final String LAST_EVENTS = EVENTS.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n");

    /** At the agent, in the order in which they began. */
    private final List<Wire> runs = new CopyOnWriteArrayList<>();

    private final List<Wire> clients = new ArrayList<>();

    @Override
    String[] properties() {
        return with(
                "router.endpoints.breaker.trial-runs=" + TRIALS,
                "router.endpoints.ejection.failures=1000",
                "router.agents.qa.resources.slots=8");
    }

    @BeforeEach
    void trialsBesideOlderRuns() throws IOException {
        agent.play(gateway -> {
            gateway.readBody(gateway.readHead());
            runs.add(gateway);
            gateway.send(LAST_EVENTS).chunk("data: 1\n\n").endsWithin(20_000);
        });
        breaker().reset();
        for (int i = 0; i < OLDER; i++) {
            begins();
        }
        breaker().transitionToOpenState();
        breaker().transitionToHalfOpenState();
        begins();
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        for (Wire client : clients) {
            client.close();
        }
        clients.clear();
        runs.clear();
        await().until(() -> outstanding() == 0);
    }

    @Test
    void olderRunsThatFail_doNotEndTheTrials() throws IOException {
        for (Wire older : runs.subList(0, OLDER)) {
            older.reset();
        }
        await().until(() -> outstanding() == 1);
        assertThat(breaker().getState()).isEqualTo(State.HALF_OPEN);
    }

    @Test
    void olderRunsThatEndWell_doNotEndTheTrials() throws IOException {
        for (Wire older : runs.subList(0, OLDER)) {
            older.lastChunk();
        }
        await().until(() -> outstanding() == 1);
        assertThat(breaker().getState()).isEqualTo(State.HALF_OPEN);
    }

    @Test
    void olderRunsWhoseClientsLeave_makeRoomForNoMoreTrials() throws IOException {
        for (Wire older : clients.subList(0, OLDER)) {
            older.close();
        }
        await().until(() -> outstanding() == 1);
        begins();
        assertThat(begun()).contains(" 503 ");
    }

    @Test
    void trialsThatEndWell_letAllBegin() throws IOException {
        begins();
        for (Wire trial : runs.subList(OLDER, OLDER + TRIALS)) {
            trial.lastChunk();
        }
        await().until(() -> breaker().getState() == State.CLOSED);
    }

    private void begins() throws IOException {
        assertThat(begun()).contains(" 200 ");
    }

    /** What a client is told at once. */
    private String begun() throws IOException {
        Wire client = client().post(CHAT, ASK_STREAM);
        clients.add(client);
        return client.readHead().getFirst();
    }

    private CircuitBreaker breaker() {
        return gateway.context().getBean(CircuitBreakerRegistry.class).circuitBreaker("qa");
    }
}
