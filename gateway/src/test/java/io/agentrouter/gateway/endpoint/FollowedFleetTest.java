package io.agentrouter.gateway.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentrouter.gateway.catalog.AgentType;
import io.agentrouter.gateway.catalog.TestTypes;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.Disposables;
import tools.jackson.databind.json.JsonMapper;

class FollowedFleetTest {

    private static final AgentType BEFORE = TestTypes.of("qa", "http://before");
    private static final AgentType AFTER = TestTypes.of("qa", "http://after");

    private final List<Consumer<List<Pod>>> told = new ArrayList<>();
    private final Fleet fleet = new Fleet(
            BEFORE,
            new SlotsClient(FleetTest.SETTINGS.slots(), new JsonMapper()),
            CircuitBreaker.ofDefaults("qa"),
            FleetTest.SETTINGS);

    @Test
    void newsOfThePodsBefore_thatComeLate_areNotTakenForThoseOfTheOthers() {
        var followed = new FollowedFleet(fleet, this::follow, BEFORE, endpoint -> {});
        told.getFirst().accept(List.of(pod("before")));

        followed.change(BEFORE, AFTER);
        told.getLast().accept(List.of(pod("after")));
        told.getFirst().accept(List.of(pod("before")));

        assertThat(told).hasSize(2);
        assertThat(fleet.usable()).extracting(Endpoint::pod).containsExactly("after");
    }

    private Disposable follow(AgentType type, Consumer<List<Pod>> pods) {
        told.add(pods);
        return Disposables.disposed();
    }

    private static Pod pod(String name) {
        return new Pod(new Address(URI.create("http://" + name + ":8000"), name), true, false);
    }
}
