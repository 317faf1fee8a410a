package io.agentrouter.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How long a client may take nothing of its answer. */
@Tag("slow")
class StallTest extends RouteFixture {

    private static final String CHUNK = "data: " + "x".repeat(8184) + "\n\n";

    private CompletableFuture<Void> ended = new CompletableFuture<>();

    @Override
    String[] properties() {
        return with("router.clients.stall-timeout=1s");
    }

    @BeforeEach
    void sendWithoutEnd() {
        var now = new CompletableFuture<Void>();
        ended = now;
        agent.play(gateway -> {
            gateway.readBody(gateway.readHead());
            gateway.send(EVENTS);
            try {
                while (true) {
                    gateway.chunk(CHUNK);
                }
            } finally {
                now.complete(null);
            }
        });
    }

    @Test
    void clientThatNeverReadsAgain_isCutOff_andEndsTheAgentsWork() throws Exception {
        try (Wire client = client().post(CHAT, ASK_STREAM)) {
            client.readHead();
            ended.get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void slowClient_thatReadsOn_isNot() throws Exception {
        try (Wire client = client().post(CHAT, ASK_STREAM)) {
            client.readHead();
            for (long start = System.nanoTime(); System.nanoTime() - start < 2_500_000_000L; Thread.sleep(50)) {
                for (int i = 0; i < 100; i++) {
                    assertThat(client.readChunk()).isNotEmpty();
                }
            }
        }
    }
}
