package io.agentrouter.gateway.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agentrouter.gateway.catalog.BreakerSettings;
import io.agentrouter.gateway.catalog.EndpointSettings;
import io.agentrouter.gateway.catalog.SlotsSettings;
import io.agentrouter.gateway.catalog.TestTypes;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class FleetTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    static final EndpointSettings SETTINGS = new EndpointSettings(
            EndpointSettings.Source.KUBERNETES,
            3,
            Duration.ofHours(1),
            new SlotsSettings(SECOND, SECOND, SECOND, SECOND),
            EndpointTest.EJECTION,
            new BreakerSettings(50, 10, 10, SECOND, 1, SECOND));
    private final Fleet fleet = new Fleet(
            TestTypes.of("qa", "http://qa"),
            new SlotsClient(SETTINGS.slots(), new JsonMapper()),
            CircuitBreaker.ofDefaults("qa"),
            SETTINGS);

    @Test
    void readyPodsAreUsable_terminatingOnesAreNot() {
        assertThat(fleet.isKnown()).isFalse();
        fleet.update(List.of(ready("a"), unready("b"), terminating("c")));
        assertThat(fleet.isKnown()).isTrue();
        assertThat(usable()).containsExactly("a");
    }

    @Test
    void noPodReady_thoseThatWereBeforeAreUsable() {
        fleet.update(List.of(ready("a"), ready("b"), unready("new"), ready("ending")));
        // Not in the same moment.
        fleet.update(List.of(ready("a"), unready("b"), unready("new"), ready("ending")));
        fleet.update(List.of(unready("a"), unready("b"), unready("new"), terminating("ending")));
        assertThat(usable()).containsExactlyInAnyOrder("a", "b");
        fleet.update(List.of(unready("a"), ready("b"), unready("new")));
        assertThat(usable()).containsExactly("b");
    }

    @Test
    void podThatCameBackToTheSameAddress_isAnother() {
        fleet.update(List.of(ready("a")));
        fleet.update(List.of(new Pod(new Address(uri("a"), "other"), false, false)));
        assertThat(usable()).isEmpty();
    }

    @Test
    void runsStayCounted_whateverThePodSaysOfItself_untilItIsGone() {
        fleet.update(List.of(ready("a")));
        Endpoint a = fleet.usable().getFirst();
        Lease run = fleet.take(List.of()).orElseThrow();
        assertThat(fleet.update(List.of(unready("a")))).isEmpty();
        assertThat(fleet.update(List.of(terminating("a")))).isEmpty();
        fleet.update(List.of(ready("a")));
        assertThat(fleet.usable()).containsExactly(a);
        assertThat(a.outstanding()).isEqualTo(1);
        assertThat(fleet.update(List.of())).containsExactly(a);
        run.close();
        run.close();
        assertThat(a.outstanding()).isZero();
    }

    @Test
    void podThatComesLater_getsLessThanItsShareAtFirst_thenAllOfIt() {
        fleet.update(List.of(ready("a")));
        fleet.update(List.of(ready("a"), ready("new")));
        Endpoint a = fleet.usable().getFirst();
        Endpoint latest = fleet.usable().getLast();
        assertThat(latest.begin(0)).isTrue();
        for (int run = 0; run < 3; run++) {
            assertThat(a.begin(run)).isTrue();
        }

        assertThat(latest.load()).isGreaterThan(a.load());
        latest.warmUp(Duration.ofMillis(50));
        await().until(() -> latest.load() < a.load());
    }

    @Test
    void podThatIsLeftOut_isTakenAllTheSame_whereEveryOtherIsExcluded() {
        fleet.update(List.of(ready("a"), ready("b")));
        Endpoint out = fleet.usable().getFirst();
        Endpoint other = fleet.usable().getLast();
        while (!out.isOut()) {
            out.failed();
        }

        assertThat(fleet.take(List.of()).map(Lease::endpoint)).contains(other);
        assertThat(fleet.take(List.of(other)).map(Lease::endpoint)).contains(out);
    }

    @Test
    void share_isThatOfItsOwnRunsAmongThoseOfAllGateways() {
        fleet.update(List.of(ready("a"), ready("b")));
        assertThat(fleet.share()).isEqualTo(8);
        assertThat(fleet.take(List.of())).isPresent();
        assertThat(fleet.share()).isEqualTo(8);
        for (Endpoint pod : fleet.usable()) {
            pod.hear(new Slots(4, 2 - pod.outstanding(), false)); // two runs there are of others
        }
        assertThat(fleet.share()).isEqualTo(8.0 / 5);
    }

    private List<String> usable() {
        return fleet.usable().stream().map(pod -> pod.uri().getHost()).toList();
    }

    private static Pod ready(String name) {
        return new Pod(new Address(uri(name), name), true, false);
    }

    private static Pod unready(String name) {
        return new Pod(new Address(uri(name), name), false, false);
    }

    private static Pod terminating(String name) {
        return new Pod(new Address(uri(name), name), true, true);
    }

    private static URI uri(String name) {
        return URI.create("http://" + name + ":8000");
    }
}
