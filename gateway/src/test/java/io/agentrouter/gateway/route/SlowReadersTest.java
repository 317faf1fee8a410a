package io.agentrouter.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetric;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Clients that take next to nothing of long answers. */
@Tag("slow")
class SlowReadersTest extends RouteFixture {

    private static final int CLIENTS = 20;
    private static final String CHUNK = "data: " + "x".repeat(8184) + "\n\n";

    /** For each client: what is read ahead of it, 16 pieces of 8 KiB, twice over for what the allocator rounds up. */
    private static final long BOUND = 256 * 1024;

    @Override
    String[] properties() {
        return with("router.agents.qa.resources.slots=" + CLIENTS);
    }

    @Test
    void clientsThatReadAByteASecond_holdNoMemoryBeyondABound() throws Exception {
        var sent = new AtomicLong();
        agent.play(gateway -> {
            gateway.readBody(gateway.readHead());
            gateway.send(EVENTS);
            while (true) {
                gateway.chunk(CHUNK);
                sent.incrementAndGet();
            }
        });
        long before = used();
        List<Wire> clients = new ArrayList<>();
        try (var seconds = Executors.newSingleThreadScheduledExecutor()) {
            for (int i = 0; i < CLIENTS; i++) {
                Wire client = client().post(CHAT, ASK_STREAM);
                client.readHead();
                clients.add(client);
            }
            var _ = seconds.scheduleAtFixedRate(
                    () -> clients.forEach(SlowReadersTest::readByte), 0, 1, TimeUnit.SECONDS);
            var last = new AtomicLong(-1);
            await().atMost(Duration.ofSeconds(20))
                    .pollInterval(Duration.ofSeconds(2))
                    .until(() -> last.getAndSet(sent.get()) == sent.get());

            assertThat(sent.get()).as("pieces on their way").isGreaterThan(CLIENTS);
            assertThat(used() - before).as("bytes held").isLessThan(CLIENTS * BOUND);
        } finally {
            for (Wire client : clients) {
                client.close();
            }
        }
    }

    private static void readByte(Wire client) {
        try {
            client.readByte();
        } catch (Exception closed) {
            // The test is over.
        }
    }

    private static long used() {
        ByteBufAllocatorMetric metric = ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT).metric();
        return metric.usedDirectMemory() + metric.usedHeapMemory();
    }
}
