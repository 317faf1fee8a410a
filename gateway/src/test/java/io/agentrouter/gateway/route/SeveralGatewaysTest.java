package io.agentrouter.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agentrouter.gateway.GatewayProcess;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two gateways, each a process of its own, and the same pods. */
class SeveralGatewaysTest extends FleetFixture {

    private static final int SLOTS = 2;
    private static final int GATEWAYS = 2;
    private static final int REQUESTS = 160;
    private static final String SESAME = "d0c04f4b1951e4aeaaec8223ed2039e542f3aae805a6fa7f6d794e5afff5d272";
    private static final Pattern LENGTH = Pattern.compile("\"queue\":\\{\"length\":(\\d+)");
    private static final String[] GREEDY = {};
    private static final String[] MODEST = {"Authorization: Bearer sesame"};

    private final GatewayProcess other = GatewayProcess.start(cluster.properties(properties()));
    private final List<Wire> clients = new ArrayList<>();
    private SlottedScript first = new SlottedScript(SLOTS);
    private SlottedScript second = new SlottedScript(SLOTS);

    @Override
    String[] properties() {
        return with(
                "router.agents.qa.reports-slots=true",
                "router.agents.qa.resources.slots=" + SLOTS,
                "router.endpoints.slow-start=0s",
                // Of the token "sesame".
                "router.tenants.modest.token-sha256=" + SESAME);
    }

    @BeforeEach
    void bothHaveFreeSlots() {
        first = new SlottedScript(SLOTS);
        second = new SlottedScript(SLOTS);
        one.play(first);
        two.play(second);
        await().untilAsserted(() -> assertThat(other.get("/agents")).contains("\"slots\":4,\"free\":4"));
        await().untilAsserted(() -> assertThat(gateway.get("/agents").body()).contains("\"slots\":4,\"free\":4"));
    }

    @AfterEach
    void leave() throws IOException {
        for (Wire client : clients) {
            client.close();
        }
        clients.clear();
    }

    @AfterAll
    void stopOther() {
        other.close();
    }

    @Test
    void slotThatComesFree_isUsedWithinASecond_byWhomeverSomebodyWaitsAt() throws IOException {
        for (int i = 0; i < 2 * SLOTS; i++) {
            ask(here(), "\"n\":" + i);
            int runs = i + 1;
            await().until(() -> begun() == runs);
        }
        await().untilAsserted(() -> assertThat(other.get("/agents")).contains("\"slots\":4,\"free\":0"));
        Wire waits = ask(there(), "\"late\":1");
        await().untilAsserted(() -> assertThat(other.get("/agents")).contains("\"queue\":{\"length\":1,"));

        first.end(1);

        await().atMost(Duration.ofSeconds(1))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> begun() == 2 * SLOTS + 1);
        first.end(SLOTS);
        second.end(SLOTS);
        assertThat(waits.readHead()).first().asString().contains(" 200 ");
    }

    /** Only for a slot that comes free do both ask; of one that is taken they hear, whoever has it. */
    @Test
    void podsThatAreFull_areAskedByNobodyForWhomeverWaits() throws IOException {
        takeEverySlot();
        for (int i = 0; i < 4 * SLOTS; i++) {
            ask(i % 2 == 0 ? here() : there(), "\"late\":" + i);
        }

        // Who does not hear of slots, or does not heed them, asks again five times a second.
        await().during(Duration.ofSeconds(1))
                .until(() -> waitingAnywhere() == 4 * SLOTS
                        && first.refused().isEmpty()
                        && second.refused().isEmpty());

        first.end(REQUESTS);
        second.end(REQUESTS);
        await().until(() -> begun() == 6 * SLOTS);
    }

    @Test
    @Tag("slow")
    void burstOfTwoTenants_waitsForNeitherTwiceAsLongAsAtASingleGateway() throws Exception {
        List<Duration> single = waits(List.of(here()));
        List<Duration> both = waits(List.of(here(), there()));

        assertThat(both.getFirst())
                .as("greedy")
                .isLessThanOrEqualTo(single.getFirst().multipliedBy(2));
        assertThat(both.getLast())
                .as("modest")
                .isLessThanOrEqualTo(single.getLast().multipliedBy(2));
        // In turns, the modest one has its answers when two fifths of all are given; by arrival, with the greedy one.
        assertThat(both.getLast())
                .as("modest beside greedy")
                .isLessThan(both.getFirst().multipliedBy(3).dividedBy(4));
    }

    /** The 95th percentiles of how long a greedy and a modest tenant waited, all of whom asked these gateways before a slot came free. */
    private List<Duration> waits(List<URI> gateways) throws Exception {
        takeEverySlot();
        List<Future<Long>> greedy = new ArrayList<>();
        List<Future<Long>> modest = new ArrayList<>();
        long freed;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < REQUESTS; i++) {
                URI at = gateways.get(i % gateways.size());
                greedy.add(threads.submit(() -> answered(at, GREEDY)));
                if (i % 8 < 2) {
                    modest.add(threads.submit(() -> answered(at, MODEST)));
                }
            }
            await().until(() -> waitingAnywhere() == REQUESTS + REQUESTS / 4);
            freed = System.nanoTime();
            freeEverySlot(Duration.ofMillis(50));
        }
        return List.of(p95(greedy, freed), p95(modest, freed));
    }

    private void takeEverySlot() throws IOException {
        first.last(Duration.ofDays(1));
        second.last(Duration.ofDays(1));
        int runs = begun() + 2 * SLOTS;
        for (int i = 0; i < 2 * SLOTS; i++) {
            ask(here(), "\"n\":" + i);
        }
        await().until(() -> begun() == runs);
        await().untilAsserted(() -> assertThat(other.get("/agents")).contains("\"slots\":4,\"free\":0"));
    }

    private void freeEverySlot(Duration nextLasting) {
        first.last(nextLasting);
        second.last(nextLasting);
        first.end(SLOTS);
        second.end(SLOTS);
    }

    private int waitingAnywhere() {
        return waiting("qa")
                + LENGTH.matcher(other.get("/agents"))
                        .results()
                        .mapToInt(length -> Integer.parseInt(length.group(1)))
                        .sum();
    }

    /** When, by {@link System#nanoTime}. */
    private long answered(URI at, String... headers) throws IOException {
        try (Wire client = Wire.to(at).post(CHAT, ASK, headers)) {
            assertThat(client.readHead().getFirst()).contains(" 200 ");
        }
        return System.nanoTime();
    }

    private static Duration p95(List<Future<Long>> answered, long since) throws Exception {
        List<Long> sorted = new ArrayList<>();
        for (Future<Long> one : answered) {
            sorted.add(one.get() - since);
        }
        sorted.sort(null);
        return Duration.ofNanos(sorted.get(sorted.size() * 95 / 100));
    }

    @Test
    void burstOfTenTimesTheSlots_isServedWhole_evenlyAndWithoutPause() throws Exception {
        first.last(Duration.ofMillis(50));
        second.last(Duration.ofMillis(50));
        List<Future<String>> answers = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(40, Thread.ofVirtual().factory())) {
            for (int i = 0; i < REQUESTS; i++) {
                URI at = i % 2 == 0 ? here() : there();
                String what = "\"n\":" + i;
                answers.add(threads.submit((Callable<String>) () -> {
                    try (Wire client = ask(at, what)) {
                        return client.readHead().getFirst();
                    }
                }));
            }
        }
        for (Future<String> answer : answers) {
            assertThat(answer.get()).contains(" 200 ");
        }
        assertThat(first.begun()).hasSizeBetween(REQUESTS * 4 / 10, REQUESTS * 6 / 10);
        assertThat(begun()).isEqualTo(REQUESTS);
        assertThat(List.of(first.askedForSlots(), second.askedForSlots())).containsOnly(GATEWAYS);
    }

    private URI here() {
        return gateway.uri("/");
    }

    private URI there() {
        return other.uri("/");
    }

    private int begun() {
        return Arrays.asList(first, second).stream()
                .mapToInt(script -> script.begun().size())
                .sum();
    }

    private Wire ask(URI at, String what) throws IOException {
        Wire client = Wire.to(at).post(CHAT, "{\"model\":\"qa\"," + what + "}");
        synchronized (clients) {
            clients.add(client);
        }
        return client;
    }
}
