package io.agentrouter.gateway.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentrouter.gateway.catalog.TestTypes;
import io.agentrouter.gateway.tenant.Tenant;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;

class ClaimTest {

    private final HttpHeaders headers = new HttpHeaders();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "wait=0|0",
                "respond-async, wait=7|7",
                "Wait = \"8\" ; x=y|8",
                "wait=5, wait=9|5",
                "handling=lenient;wait=3|",
                "wait=soon|",
                "wait=-1|"
            })
    void prefer_isReadAsItsRfcSays(String prefer, Integer seconds) {
        headers.set("Prefer", prefer);
        assertThat(claim().patience()).isEqualTo(seconds == null ? null : Duration.ofSeconds(seconds));
    }

    @Test
    void ofSeveralDeadlines_theLeastCounts() {
        assertThat(claim().longestWait(true)).isEqualTo(Duration.ofSeconds(1)); // the type's
        headers.set("X-Stainless-Read-Timeout", "0.75");
        assertThat(claim().longestWait(true)).isEqualTo(Duration.ofMillis(750));
        headers.add("Prefer", "wait=600");
        assertThat(claim().longestWait(true)).isEqualTo(Duration.ofMillis(750));
        headers.set("Prefer", "wait=0");
        assertThat(claim().longestWait(true)).isZero();
    }

    @Test
    void withoutAnyPod_theWakeLimitCounts_unlessTheClientWaitsForLess() {
        assertThat(claim().longestWait(false)).isEqualTo(Duration.ofSeconds(2));
        headers.set("Prefer", "wait=600");
        assertThat(claim().longestWait(false)).isEqualTo(Duration.ofSeconds(2));
        headers.set("Prefer", "wait=1");
        assertThat(claim().longestWait(false)).isEqualTo(Duration.ofSeconds(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "never", "1e3", "-1", "NaN"})
    void timeoutOfAnSdkThatIsNone_isPassedOver(String timeout) {
        headers.set("X-Stainless-Read-Timeout", timeout);
        assertThat(claim().patience()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"interactive,INTERACTIVE", "batch,BATCH"})
    void priority_isTaken(String said, Priority priority) {
        assertThat(claim().priority()).isEqualTo(Priority.INTERACTIVE);
        headers.set("X-Priority", said);
        assertThat(claim().priority()).isEqualTo(priority);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Batch", "high", "batch, batch"})
    void otherPriority_isRefused_namingBoth(String said) {
        headers.set("X-Priority", said);
        assertThatThrownBy(this::claim).hasMessageContainingAll("invalid_priority", "interactive", "batch");
    }

    private Claim claim() {
        return Claim.of(headers, TestTypes.of("qa", "http://qa"), new Tenant("anonymous", 1), 0);
    }
}
