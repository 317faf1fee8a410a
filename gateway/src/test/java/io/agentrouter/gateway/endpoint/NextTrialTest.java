package io.agentrouter.gateway.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class NextTrialTest {

    private static final Duration OPEN = Duration.ofHours(1);

    private final CircuitBreaker breaker = CircuitBreaker.ofDefaults("qa");
    private final NextTrial nextTrial = new NextTrial(breaker, OPEN);

    @Test
    void openBreaker_leavesWhatIsNotOverYet() {
        breaker.transitionToOpenState();
        Duration left = nextTrial.left();
        assertThat(left).isBetween(OPEN.minusMinutes(1), OPEN);
        await().until(() -> nextTrial.left().compareTo(left) < 0);
    }

    @Test
    void breakerThatIsNotOpen_leavesNothing() {
        assertThat(nextTrial.left()).isZero();
        breaker.transitionToOpenState();
        breaker.transitionToHalfOpenState();
        assertThat(nextTrial.left()).isZero();
        breaker.transitionToClosedState();
        assertThat(nextTrial.left()).isZero();
    }

    @Test
    void breakerThatOpensAgain_leavesAllOfItAgain() {
        breaker.transitionToOpenState();
        breaker.transitionToHalfOpenState();
        breaker.transitionToOpenState();
        assertThat(nextTrial.left()).isBetween(OPEN.minusMinutes(1), OPEN);
    }
}
