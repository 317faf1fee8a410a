package io.agentrouter.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.UnixOperatingSystemMXBean;
import io.agentrouter.gateway.EventLoopGuard;
import io.agentrouter.gateway.catalog.AgentType;
import io.agentrouter.gateway.catalog.Catalog;
import io.agentrouter.gateway.endpoint.Endpoints;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Streams that are opened and dropped, in every way that there is, leave nothing behind. */
@Timeout(600)
class LeakTest extends RouteFixture {

    private static final int AT_ONCE = 50;
    private static final String ERROR =
            "HTTP/1.1 500 Oh\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";

    @Override
    String[] properties() {
        return with(
                "router.agents.coding.uri=" + agent.uri(),
                "router.agents.coding.resources.slots=" + AT_ONCE,
                // A connection that was given back is closed soon.
                POOL + "max-idle-time=500ms",
                POOL + "eviction-interval=100ms",
                "router.agents.full.uri=" + agent.uri(),
                "router.endpoints.breaker.window=100000",
                "router.endpoints.breaker.minimum-runs=100000",
                "router.agents.full.description=Has no free slot.",
                "router.agents.full.reports-slots=false",
                "router.agents.full.resources.memory=1Mi",
                "router.agents.full.resources.cpu=1",
                "router.agents.full.resources.slots=1",
                "router.agents.full.queue.comment-interval=10ms",
                // However long the one run there takes.
                "router.agents.full.queue.max-wait=1h",
                "router.agents.full.timeouts.idle=1h",
                "router.agents.full.timeouts.total=1h");
    }

    @Test
    void droppedStreams_leaveNoConnection_noBody_noBuffer_noSlot() throws Exception {
        dropped(160);
    }

    @Test
    @Tag("slow")
    void thousandsOfDroppedStreams_leaveNoConnection_noBody_noBuffer_noSlot() throws Exception {
        dropped(20_000);
    }

    private void dropped(int streams) throws Exception {
        agent.play(LeakTest::answer);
        waveWithoutFreeSlot(AT_ONCE); // makes what stays: threads, pools, classes
        await().untilAsserted(this::nothingIsOpen);
        long descriptors = descriptors();

        waveWithoutFreeSlot(streams);

        await().untilAsserted(() -> {
            nothingIsOpen();
            assertThat(descriptors()).isLessThanOrEqualTo(descriptors);
        });
        assertThat(EventLoopGuard.found()).isEmpty();
        agent.answerJson("{}");
        try (Wire client = client().post(CHAT, ASK)) {
            assertThat(client.readBody(client.readHead())).asString().isEqualTo("{}");
        }
    }

    private void nothingIsOpen() {
        assertThat(active()).as("calls to agents").isZero();
        assertThat(agent.open()).as("connections to agents").isZero();
        assertThat(held()).as("held bodies").isZero();
        for (AgentType type : gateway.context().getBean(Catalog.class).types()) {
            assertThat(gateway.context().getBean(Endpoints.class).usable(type))
                    .as("pods of %s with all slots free", type.name())
                    .isNotEmpty()
                    .allMatch(pod -> pod.outstanding() == 0 && pod.free() == pod.slots());
        }
    }

    private static long descriptors() {
        return ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getOpenFileDescriptorCount();
    }

    private void waveWithoutFreeSlot(int streams) throws Exception {
        try (Wire holder = client().post("/agents/full" + CHAT, ASK_STREAM, "X-Drop: " + Drop.BEFORE_FIRST_EVENT)) {
            holder.readHead();
            wave(streams);
            await().until(() -> waiting("full") == 0);
        }
    }

    private void wave(int streams) throws Exception {
        var places = new Semaphore(AT_ONCE);
        List<Future<?>> drops = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < streams; i++) {
                Drop drop = Drop.values()[i % Drop.values().length];
                places.acquire();
                drops.add(threads.submit(() -> {
                    try {
                        drop(drop);
                    } finally {
                        places.release();
                    }
                    return null;
                }));
            }
        }
        for (Future<?> drop : drops) {
            drop.get();
        }
    }

    private enum Drop {
        WHILE_QUEUED,
        WHILE_QUEUED_AFTER_THE_HEAD,
        BEFORE_HEAD,
        BEFORE_FIRST_EVENT,
        IN_MID_STREAM,
        IN_A_SLOW_ERROR,
        BY_RESET,
        HALF_CLOSED,
        IN_UPLOAD,
        WITH_A_WHOLE_ANSWER,
        WITH_A_WHOLE_SLOW_ERROR,
        BY_THE_AGENT
    }

    private static void answer(Wire gateway) throws Exception {
        List<String> head = gateway.readHead();
        Drop drop = Drop.valueOf(Objects.requireNonNull(Wire.header(head, "X-Drop")));
        if (drop == Drop.IN_UPLOAD) {
            gateway.readBody(head);
            return;
        }
        gateway.readBody(head);
        if (drop == Drop.WITH_A_WHOLE_ANSWER) {
            gateway.send("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}")
                    .close();
            return;
        }
        if (drop == Drop.WITH_A_WHOLE_SLOW_ERROR) {
            gateway.send(ERROR).chunk("{");
            Thread.sleep(20); // the slow agent
            gateway.chunk("}").lastChunk();
            return;
        }
        if (drop != Drop.BEFORE_HEAD) {
            gateway.send(drop == Drop.IN_A_SLOW_ERROR ? ERROR : EVENTS);
        }
        if (drop == Drop.BY_THE_AGENT) {
            gateway.chunk("data: {\"half").reset();
        }
        while (!gateway.endsWithin(10)) {
            if (drop.compareTo(Drop.BEFORE_FIRST_EVENT) > 0) {
                gateway.chunk("data: " + "x".repeat(1000) + "\n\n");
            }
        }
    }

    private void drop(Drop drop) throws Exception {
        try (Wire client = client()) {
            if (drop == Drop.IN_UPLOAD) {
                client.send(Wire.head("/agents/coding" + CHAT, "Content-Length: 1000000", "X-Drop: " + drop));
                client.send(new byte[300_000]);
                return;
            }
            boolean queued = drop == Drop.WHILE_QUEUED || drop == Drop.WHILE_QUEUED_AFTER_THE_HEAD;
            client.post(queued ? "/agents/full" + CHAT : CHAT, ASK_STREAM, "X-Drop: " + drop);
            if (drop == Drop.BEFORE_HEAD || drop == Drop.WHILE_QUEUED) {
                assertThat(client.endsWithin(20)).isFalse();
                return;
            }
            List<String> head = client.readHead();
            switch (drop) {
                case IN_MID_STREAM, IN_A_SLOW_ERROR, WHILE_QUEUED_AFTER_THE_HEAD -> client.readChunk();
                case BY_RESET -> {
                    client.readChunk();
                    client.reset();
                }
                case HALF_CLOSED -> {
                    client.readChunk();
                    client.endOutput();
                    client.endsWithin(5000);
                }
                case BY_THE_AGENT ->
                    assertThat(client.readBody(head)).asString().contains("stream_interrupted");
                case WITH_A_WHOLE_SLOW_ERROR ->
                    assertThat(client.readBody(head)).asString().isEqualTo("{}");
                default -> {}
            }
        } catch (IOException early) {
            throw new AssertionError(drop.toString(), early);
        }
    }
}
