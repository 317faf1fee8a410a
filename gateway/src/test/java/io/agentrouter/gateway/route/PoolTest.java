package io.agentrouter.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Connections to agents are kept for the next request, but not for ever. */
class PoolTest extends RouteFixture {

    private static final Duration IDLE = Duration.ofMillis(500);
    private static final Duration LIFE = Duration.ofSeconds(4);
    private static final Duration CHECK = Duration.ofMillis(100);

    @Override
    String[] properties() {
        return with(
                POOL + "max-idle-time=" + IDLE, POOL + "max-life-time=" + LIFE, POOL + "eviction-interval=" + CHECK);
    }

    @BeforeEach
    void noConnection() {
        agent.answerJson("{}");
        await().until(() -> agent.open() == 0);
    }

    @Test
    void connectionThatNobodyUses_isClosedWhenItWasIdle() throws IOException {
        ask();
        assertThat(agent.open()).isOne();

        await().atMost(LIFE.dividedBy(2)).until(() -> agent.open() == 0);
    }

    @Test
    void connectionThatIsInUseAllTheTime_isReplacedWhenItIsOld() throws IOException {
        ask();
        int accepted = agent.accepted();

        await().pollInterval(IDLE.dividedBy(10))
                .between(LIFE.dividedBy(2), LIFE.multipliedBy(2))
                .until(() -> {
                    ask();
                    return agent.accepted() > accepted;
                });
    }

    private void ask() throws IOException {
        try (Wire client = client().post(CHAT, ASK)) {
            client.readBody(client.readHead());
        }
    }
}
