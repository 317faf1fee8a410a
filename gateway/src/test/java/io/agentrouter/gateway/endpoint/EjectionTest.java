package io.agentrouter.gateway.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agentrouter.gateway.catalog.EjectionSettings;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class EjectionTest {

    private final Ejection ejection =
            new Ejection(new EjectionSettings(3, Duration.ofMillis(20), Duration.ofMillis(60), 50));

    @Test
    void failuresInARow_leaveItOut_andASuccessBetweenThemDoesNot() {
        assertThat(ejection.failed()).isEmpty();
        assertThat(ejection.failed()).isEmpty();
        ejection.worked();
        assertThat(ejection.failed()).isEmpty();
        assertThat(ejection.failed()).isEmpty();
        assertThat(ejection.isOut()).isFalse();
        assertThat(ejection.failed()).contains(Duration.ofMillis(20));
        assertThat(ejection.isOut()).isTrue();
    }

    @Test
    void failuresOfRunsThatBeganBefore_changeNothing() {
        failThrice();
        assertThat(ejection.failed()).isEmpty();
        await().until(() -> !ejection.isOut());
        assertThat(ejection.failed()).contains(Duration.ofMillis(40));
    }

    @Test
    void failsAgainAtOnce_isOutForTwiceAsLong_upToTheMost() {
        failThrice();
        await().until(() -> !ejection.isOut());
        assertThat(ejection.failed()).contains(Duration.ofMillis(40));
        await().until(() -> !ejection.isOut());
        assertThat(ejection.failed()).contains(Duration.ofMillis(60));
    }

    @Test
    void worksAfterwards_isAsGoodAsNew() {
        failThrice();
        await().until(() -> !ejection.isOut());
        ejection.worked();
        assertThat(ejection.failed()).isEmpty();
    }

    private void failThrice() {
        assertThat(ejection.failed()).isEmpty();
        assertThat(ejection.failed()).isEmpty();
        assertThat(ejection.failed()).isPresent();
    }
}
