package io.agentrouter.gateway.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentrouter.gateway.catalog.TestTypes;
import io.agentrouter.gateway.problem.ProblemException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusalsTest {

    @ParameterizedTest
    @CsvSource({"PT0S, 1", "PT0.9S, 1", "PT8.4S, 9", "PT60S, 60", "PT10M, 60"})
    void retryAfter_isTheEstimate_asFarAsSdksHeedIt(Duration estimate, String seconds) {
        ProblemException refusal = refusals(estimate, true).full();
        assertThat(refusal.headers().getFirst("Retry-After")).isEqualTo(seconds);
        assertThat(refusal.problem().detail()).endsWith("; try again in " + seconds + " s.");
    }

    @ParameterizedTest
    @CsvSource({"PT0S, 1", "PT3.2S, 4", "PT10M, 60"})
    void retryAfterOfAnOpenBreaker_isWhatIsLeft_asFarAsSdksHeedIt(Duration left, String seconds) {
        ProblemException refusal = refusals(Duration.ofSeconds(7), true).breakerOpen(left);
        assertThat(refusal.headers().getFirst("Retry-After")).isEqualTo(seconds);
    }

    @Test
    void withoutAnyPod_retryAfterIsWhatOneTakesToStart() {
        assertThat(refusals(Duration.ZERO, false).full().headers().getFirst("Retry-After"))
                .isEqualTo("5");
    }

    private static Refusals refusals(Duration estimate, boolean anyPod) {
        return new Refusals(TestTypes.of("qa", "http://qa"), new QueueState(3, 0, estimate), anyPod, true);
    }
}
