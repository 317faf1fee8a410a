package io.agentrouter.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agentrouter.gateway.TestGateway;
import io.agentrouter.gateway.admission.Admission;
import io.agentrouter.gateway.catalog.AgentType;
import io.agentrouter.gateway.catalog.Catalog;
import io.agentrouter.gateway.endpoint.Endpoint;
import io.agentrouter.gateway.endpoint.Endpoints;
import io.agentrouter.gateway.testing.FakeCluster;
import io.agentrouter.gateway.testing.FakeCluster.State;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** A gateway that finds two scripted agents of type qa, and none of type coding, in a cluster. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class FleetFixture {

    static final String CHAT = RouteFixture.CHAT;
    static final String ASK = RouteFixture.ASK;
    static final String ASK_STREAM = RouteFixture.ASK_STREAM;

    final FakeCluster cluster = new FakeCluster();
    final TestGateway gateway = TestGateway.start(cluster.properties(properties()));
    private final List<ScriptedAgent> agents = new ArrayList<>();
    private final List<Endpoint> seen = new ArrayList<>();
    ScriptedAgent one;
    ScriptedAgent two;

    String[] properties() {
        return with();
    }

    static String[] with(String... more) {
        return Stream.concat(
                        Stream.of(
                                "router.agents.qa.timeouts.connect=200ms",
                                "router.agents.qa.timeouts.first-byte=5s",
                                "router.agents.qa.timeouts.idle=10s",
                                "router.agents.qa.timeouts.total=20s",
                                "router.max-buffered=4KB",
                                "spring.lifecycle.timeout-per-shutdown-phase=1s"),
                        Stream.of(more))
                .toArray(String[]::new);
    }

    @BeforeEach
    void twoPods() throws IOException {
        one = pod("one");
        two = pod("two");
        awaitUsable(2);
    }

    @AfterEach
    void everyRunIsGivenBack() throws IOException {
        await().untilAsserted(() -> assertThat(seen).allMatch(endpoint -> endpoint.outstanding() == 0));
        for (ScriptedAgent agent : agents) {
            agent.close();
        }
        List.of("one", "two", "three", "four").forEach(pod -> cluster.remove("qa-agent", pod));
        awaitUsable(0);
        seen.clear();
    }

    final ScriptedAgent pod(String name) throws IOException {
        var agent = new ScriptedAgent();
        agents.add(agent);
        put(name, agent, State.READY);
        return agent;
    }

    final void put(String name, ScriptedAgent agent, State state) {
        cluster.put("qa-agent", name, URI.create(agent.uri()), state);
    }

    final List<Endpoint> usable() {
        return gateway.context().getBean(Endpoints.class).usable(type("qa"));
    }

    /** Requests that wait for a slot of a type. */
    final int waiting(String type) {
        return gateway.context().getBean(Admission.class).state(type(type)).length();
    }

    private AgentType type(String name) {
        return gateway.context().getBean(Catalog.class).get(name);
    }

    final void awaitUsable(int pods) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(usable()).hasSize(pods));
        usable().stream().filter(endpoint -> !seen.contains(endpoint)).forEach(seen::add);
    }

    final void awaitUsable(ScriptedAgent only) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(usable())
                        .extracting(pod -> pod.uri().toString())
                        .containsExactly(only.uri()));
    }

    final Optional<Endpoint> endpoint(ScriptedAgent pod) {
        return usable().stream()
                .filter(endpoint -> endpoint.uri().toString().equals(pod.uri()))
                .findFirst();
    }

    /** The body of the answer to one request. */
    final String ask() throws IOException {
        try (Wire client = client().post(CHAT, ASK)) {
            return new String(client.readBody(client.readHead()), StandardCharsets.ISO_8859_1);
        }
    }

    static void isAnswered(Wire client) throws IOException {
        assertThat(client.readHead()).first().asString().contains(" 200 ");
    }

    final Wire client() throws IOException {
        return Wire.to(gateway.uri("/"));
    }

    @AfterAll
    void stop() {
        gateway.close();
        cluster.close();
    }
}
