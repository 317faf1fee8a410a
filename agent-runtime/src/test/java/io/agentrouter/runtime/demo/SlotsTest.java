package io.agentrouter.runtime.demo;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agentrouter.runtime.slots.SlotState;
import io.agentrouter.runtime.slots.Slots;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlotsTest {

    private static final int SLOTS = 4;

    private final List<RawClient> clients = new ArrayList<>();
    private static Demo demo;

    @BeforeAll
    static void start() {
        demo = Demo.start("agent.heartbeat=200ms");
    }

    @AfterAll
    static void stop() {
        demo.close();
    }

    @AfterEach
    void leaveAll() throws IOException {
        leave();
        awaitUnused();
    }

    @Test
    void runBeyondTheSlots_isRefusedBeforeItStarts() throws Exception {
        int before = demo.agent().begun.get();
        fill();

        HttpResponse<String> refused = Chat.ask(demo, "say Hello");

        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("X-Agent-Refused")).hasValue("busy");
        assertThat(refused.headers().firstValue("X-Should-Retry")).hasValue("true");
        assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(refused.body())
                .contains(
                        "\"type\":\"urn:agent-router:error:agent_busy\"",
                        "\"status\":503",
                        "\"type\":\"server_error\"",
                        "\"code\":\"agent_busy\"",
                        "\"param\":null");
        assertThat(demo.agent().begun.get()).isEqualTo(before + SLOTS);
    }

    @Test
    void clientsThatLeave_freeTheirSlots() throws Exception {
        fill();
        leave();

        awaitUnused();
        assertThat(Chat.ask(demo, "say Hello").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"say Hello, 200", "refuse, 400", "break, 500", "say-and-break, 500"})
    void runHoweverItEnds_givesItsSlotBackOnce(String question, int status) throws Exception {
        for (int i = 0; i <= SLOTS; i++) {
            assertThat(Chat.ask(demo, question).statusCode()).isEqualTo(status);
            Chat.stream(demo, question);
            assertThat(slots()).isEqualTo(new SlotState(SLOTS, SLOTS, false));
        }
    }

    @Test
    void requestThatIsRefusedForItsBody_givesItsSlotBack() throws Exception {
        for (int i = 0; i <= SLOTS; i++) {
            assertThat(Chat.post(demo.uri("/v1/chat/completions"), "{").statusCode())
                    .isEqualTo(400);
        }
        assertThat(slots().unused()).isTrue();
    }

    @Test
    void watcher_seesTheStateAtOnceEachChangeAndComments() throws Exception {
        try (RawClient watcher = RawClient.watches(demo)) {
            assertThat(watcher.readUntil("data: {\"slots\":4,\"free\":4,\"draining\":false}\n\n"))
                    .containsIgnoringCase("content-type: text/event-stream");
            watcher.readUntil("\n: \n\n");
            try (RawClient run = RawClient.asks(demo, "wait", "")) {
                watcher.readUntil("data: {\"slots\":4,\"free\":3,\"draining\":false}\n\n");
                assertThat(run.isOpen()).isTrue();
            }
        }
    }

    private static void awaitUnused() {
        await().atMost(ofSeconds(5)).until(() -> slots().unused());
    }

    private static SlotState slots() {
        return demo.bean(Slots.class).state();
    }

    private void fill() throws IOException {
        int before = demo.agent().waiting.get();
        for (int i = 0; i < SLOTS; i++) {
            clients.add(RawClient.asks(demo, "wait", i % 2 == 0 ? "" : ",\"stream\":true"));
        }
        await().until(() -> demo.agent().waiting.get() == before + SLOTS);
    }

    private void leave() throws IOException {
        for (RawClient client : clients) {
            client.close();
        }
        clients.clear();
    }
}
