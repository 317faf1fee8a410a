package io.agentrouter.gateway.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agentrouter.gateway.catalog.EjectionSettings;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EndpointTest {

    static final EjectionSettings EJECTION = new EjectionSettings(2, Duration.ofMillis(1), Duration.ofMillis(4), 50);

    private final AtomicInteger told = new AtomicInteger();
    private final Endpoint endpoint =
            new Endpoint(new Address(URI.create("http://pod:8000"), "pod"), 2, EJECTION, events(told));

    static Endpoint.Events events(AtomicInteger rooms) {
        return new Endpoint.Events() {
            @Override
            public void room() {
                rooms.incrementAndGet();
            }

            @Override
            public void ejected() {}
        };
    }

    @Test
    void podThatSaysNothing_hasTheCatalogsSlots() {
        assertThat(endpoint.begin(0)).isTrue();
        assertThat(endpoint.slots()).isEqualTo(2);
        assertThat(endpoint.free()).isEqualTo(1);
    }

    @Test
    void runsOfOthers_areWhatThePodHasBesideOurs() {
        assertThat(endpoint.begin(0)).isTrue();
        endpoint.hear(new Slots(8, 4, false));
        assertThat(endpoint.free()).isEqualTo(4);

        assertThat(endpoint.begin(1)).isTrue(); // the pod has not seen it yet
        assertThat(endpoint.free()).isEqualTo(3);
        endpoint.end();
        endpoint.end();
        assertThat(endpoint.free()).isEqualTo(5);
    }

    @Test
    void runThatThePodHasNotSeenYet_isNoOthers() {
        assertThat(endpoint.begin(0)).isTrue();
        endpoint.hear(new Slots(8, 8, false));
        assertThat(endpoint.free()).isEqualTo(7);
    }

    @Test
    void podThatDrains_hasNoRoom() {
        endpoint.hear(new Slots(8, 8, true));
        assertThat(endpoint.free()).isZero();
    }

    @Test
    void podNotHeardAnyMore_isCountedByTheCatalogAgain() {
        endpoint.hear(new Slots(8, 0, false));
        assertThat(endpoint.hearNothing()).isTrue();
        assertThat(endpoint.hearNothing()).isFalse();
        assertThat(endpoint.free()).isEqualTo(2);
    }

    @Test
    void podThatDrained_hasNoRoom_untilAnotherIsHeardAtItsAddress() {
        endpoint.hear(new Slots(8, 0, true));
        assertThat(endpoint.hearNothing()).isFalse();
        assertThat(endpoint.free()).isZero();

        endpoint.hear(new Slots(8, 8, false));
        assertThat(endpoint.free()).isEqualTo(8);
    }

    @Test
    void podThatRefused_isFull_untilItSaysMoreOrAMomentHasPassed() {
        endpoint.refused();
        assertThat(endpoint.free()).isZero();
        endpoint.hear(new Slots(2, 1, false));
        assertThat(endpoint.free()).isEqualTo(1);

        endpoint.refused();
        assertThat(endpoint.free()).isZero();
        await().atMost(Duration.ofSeconds(1)).until(() -> endpoint.free() == 1);
    }

    @Test
    void roomThatMayHaveComeFree_isTold() {
        endpoint.hear(new Slots(2, 2, false));
        assertThat(told).hasValue(1);
        assertThat(endpoint.begin(0)).isTrue();
        endpoint.end();
        assertThat(told).hasValue(2);
    }
}
