package io.agentrouter.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A client that does not read for longer than the agent may be silent. */
@Tag("slow")
class PauseTest extends RouteFixture {

    private static final int CHUNKS = 4000;
    private static final String CHUNK = "data: " + "x".repeat(8184) + "\n\n";

    @Override
    String[] properties() {
        return with("router.agents.qa.timeouts.idle=300ms");
    }

    @Test
    void clientThatPauses_isNoSilenceOfTheAgent_andGetsTheWholeStream() throws Exception {
        var sent = new AtomicLong();
        agent.play(gateway -> {
            gateway.readBody(gateway.readHead());
            gateway.send(EVENTS);
            for (int i = 0; i < CHUNKS; i++) {
                gateway.chunk(CHUNK);
                sent.incrementAndGet();
            }
            gateway.lastChunk();
        });
        try (Wire client = client().post(CHAT, ASK_STREAM)) {
            List<String> head = client.readHead();
            var before = new AtomicLong(-1);
            await().atMost(Duration.ofSeconds(20))
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> before.getAndSet(sent.get()) == sent.get());
            assertThat(sent.get()).isLessThan(CHUNKS);
            byte[] body = client.readBody(head);
            assertThat(body.length).isEqualTo(CHUNKS * CHUNK.length());
        }
    }
}
