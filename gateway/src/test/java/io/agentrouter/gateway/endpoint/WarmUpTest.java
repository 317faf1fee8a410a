package io.agentrouter.gateway.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class WarmUpTest {

    private final WarmUp warmUp = new WarmUp();

    @Test
    void podThatWasThereBefore_hasItsFullShare() {
        assertThat(warmUp.share()).isEqualTo(1);
    }

    @Test
    void podThatHasJustCome_hasATenth_thenMore() {
        warmUp.begin(Duration.ofSeconds(10));
        assertThat(warmUp.share()).isEqualTo(0.1);
        await().until(() -> warmUp.share() > 0.1);
        assertThat(warmUp.share()).isLessThan(1);
    }

    @Test
    void podThatHasWarmedUp_hasItsFullShare() {
        warmUp.begin(Duration.ofMillis(50));
        await().until(() -> warmUp.share() == 1);
    }
}
