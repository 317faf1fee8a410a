package io.agentrouter.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agentrouter.gateway.TestGateway;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two gateways that know nothing of each other, and the same pods. */
class SeveralGatewaysTest extends FleetFixture {

    private static final int SLOTS = 2;
    private static final int REQUESTS = 160;

    private final TestGateway other = TestGateway.start(cluster.properties(properties()));
    private final List<Wire> clients = new ArrayList<>();
    private SlottedScript first = new SlottedScript(SLOTS);
    private SlottedScript second = new SlottedScript(SLOTS);

    @Override
    String[] properties() {
        return with(
                "router.agents.qa.reports-slots=true",
                "router.agents.qa.resources.slots=" + SLOTS,
                "router.endpoints.slow-start=0s");
    }

    @BeforeEach
    void bothHaveFreeSlots() {
        first = new SlottedScript(SLOTS);
        second = new SlottedScript(SLOTS);
        one.play(first);
        two.play(second);
        await().untilAsserted(() -> assertThat(other.get("/agents").body()).contains("\"slots\":4,\"free\":4"));
        await().untilAsserted(() -> assertThat(gateway.get("/agents").body()).contains("\"slots\":4,\"free\":4"));
    }

    @AfterEach
    void noPodHadMoreThanItsSlots() throws IOException {
        for (Wire client : clients) {
            client.close();
        }
        clients.clear();
        assertThat(first.most()).isLessThanOrEqualTo(SLOTS);
        assertThat(second.most()).isLessThanOrEqualTo(SLOTS);
    }

    @AfterAll
    void stopOther() {
        other.close();
    }

    @Test
    void slotThatComesFree_isUsedWithinASecond_byWhomeverSomebodyWaitsAt() throws IOException {
        for (int i = 0; i < 2 * SLOTS; i++) {
            ask(gateway, "\"n\":" + i);
            int runs = i + 1;
            await().until(() -> begun() == runs);
        }
        await().untilAsserted(() -> assertThat(other.get("/agents").body()).contains("\"free\":0"));
        Wire waits = ask(other, "\"late\":1");
        await().untilAsserted(() -> assertThat(other.get("/agents").body()).contains("\"queue\":{\"length\":1,"));

        first.end(1);

        await().atMost(Duration.ofSeconds(1))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> begun() == 2 * SLOTS + 1);
        first.end(SLOTS);
        second.end(SLOTS);
        assertThat(waits.readHead()).first().asString().contains(" 200 ");
    }

    @Test
    void burstOfTenTimesTheSlots_isServedWhole_evenlyAndWithoutPause() throws Exception {
        first.end(REQUESTS);
        second.end(REQUESTS);
        List<Future<String>> answers = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(40, Thread.ofVirtual().factory())) {
            for (int i = 0; i < REQUESTS; i++) {
                TestGateway at = i % 2 == 0 ? gateway : other;
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
    }

    private int begun() {
        return Arrays.asList(first, second).stream()
                .mapToInt(script -> script.begun().size())
                .sum();
    }

    private Wire ask(TestGateway at, String what) throws IOException {
        Wire client = Wire.to(at.uri("/")).post(CHAT, "{\"model\":\"qa\"," + what + "}");
        synchronized (clients) {
            clients.add(client);
        }
        return client;
    }
}
