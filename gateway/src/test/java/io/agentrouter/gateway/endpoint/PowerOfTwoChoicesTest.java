package io.agentrouter.gateway.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PowerOfTwoChoicesTest {

    @Test
    void noCandidate_noneIsTaken() {
        assertThat(PowerOfTwoChoices.take(List.of())).isEmpty();
    }

    @Test
    void runsThatBeginAtOnce_areNearlyEven() {
        List<Endpoint> pods = pods(1000, "a", "b", "c", "d");
        take(3600, pods);

        assertThat(pods).extracting(Endpoint::outstanding).allMatch(runs -> runs > 880 && runs < 920);
    }

    @Test
    void asManyRunsAsThereAreSlots_noPodGetsMoreThanItHas() {
        for (int round = 0; round < 500; round++) {
            List<Endpoint> pods = pods(4, "a", "b", "c", "d");
            take(16, pods);

            assertThat(pods).extracting(Endpoint::outstanding).containsOnly(4);
        }
    }

    @Test
    void podsOfDifferentSize_areLoadedByTheirSlots() {
        List<Endpoint> pods = Stream.concat(pods(4, "small").stream(), pods(16, "large").stream())
                .toList();
        take(10, pods);

        assertThat(pods).extracting(Endpoint::outstanding).containsExactly(2, 8);
    }

    @Test
    void noRoomAnywhere_noneIsTaken() {
        List<Endpoint> pods = pods(1, "a", "b");

        assertThat(take(4, pods)).isEqualTo(2);
        assertThat(pods).extracting(Endpoint::outstanding).containsOnly(1);
    }

    @Test
    void whenSeveralAreEqual_anyOfThemIsTaken() {
        List<Endpoint> pods = pods(4, "a", "b", "c");
        Set<Endpoint> first = IntStream.range(0, 200)
                .mapToObj(time -> {
                    Endpoint taken = PowerOfTwoChoices.take(pods).orElseThrow();
                    taken.end();
                    return taken;
                })
                .collect(Collectors.toSet());

        assertThat(first).hasSize(3);
    }

    private static long take(int runs, List<Endpoint> pods) {
        return IntStream.range(0, runs)
                .parallel()
                .mapToObj(run -> PowerOfTwoChoices.take(pods))
                .filter(Optional::isPresent)
                .count();
    }

    private static List<Endpoint> pods(int slots, String... names) {
        return Stream.of(names)
                .map(name -> new Endpoint(
                        new Address(URI.create("http://" + name + ":8000"), name),
                        slots,
                        EndpointTest.EJECTION,
                        EndpointTest.events(new AtomicInteger())))
                .toList();
    }
}
