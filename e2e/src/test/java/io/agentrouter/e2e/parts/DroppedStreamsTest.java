package io.agentrouter.e2e.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agentrouter.e2e.system.Ask;
import io.agentrouter.e2e.system.OpenStream;
import io.agentrouter.e2e.system.PartProcess;
import io.agentrouter.e2e.system.Repository;
import io.agentrouter.e2e.system.Shell;
import io.agentrouter.runtime.testing.Script;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Streams by the thousand whose clients go away leave nothing behind, neither in the gateway nor in the agent. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DroppedStreamsTest {

    private static final int STREAMS = 2000;
    private static final int AT_ONCE = 8;
    private static final String ALL_SLOTS_FREE = "{\"slots\":16,\"free\":16,\"draining\":false}";

    private final Parts parts = Parts.start(Map.of());

    @AfterAll
    void stop() {
        parts.close();
    }

    @Test
    void thousandsOfDroppedStreams_leaveNoSlotNoConnectionAndNoBuffer() throws Exception {
        parts.model().otherwise(call -> Script.text("It gets ").thenSilence());
        dropStreams(10 * AT_ONCE); // makes what stays: pools, caches, classes
        await().untilAsserted(this::everySlotIsFree);
        long ofGateway = parts.gateway().process().sockets();
        long ofAgent = parts.agent().process().sockets();

        dropStreams(STREAMS);

        await().untilAsserted(() -> {
            everySlotIsFree();
            assertThat(parts.gateway().process().sockets()).isLessThanOrEqualTo(ofGateway);
            assertThat(parts.agent().process().sockets()).isLessThanOrEqualTo(ofAgent);
        });
        parts.model().otherwise(call -> Script.text("4Gi."));
        for (PartProcess part : List.of(parts.gateway(), parts.agent())) {
            collectGarbage(part);
            assertThat(parts.client().ask(Ask.of("qa", "?")).text())
                    .contains("4Gi."); // the detector speaks when a buffer is made
            assertThat(part.text()).doesNotContain("LEAK");
        }
    }

    private void everySlotIsFree() throws IOException {
        assertThat(parts.agent().firstLine("/slots")).isEqualTo("data: " + ALL_SLOTS_FREE);
    }

    private void dropStreams(int count) throws InterruptedException, ExecutionException {
        List<Future<?>> drops = new ArrayList<>();
        try (ExecutorService clients = Executors.newFixedThreadPool(AT_ONCE)) {
            for (int i = 0; i < count; i++) {
                boolean early = i % 2 == 0;
                drops.add(clients.submit(() -> drop(early)));
            }
        }
        for (Future<?> drop : drops) {
            drop.get();
        }
    }

    /** Leaves a stream that has begun; while the slots of those that left are not all free yet, it asks again. */
    private void drop(boolean early) {
        await().pollInSameThread().until(() -> {
            try (OpenStream stream = parts.client().open(Ask.of("qa", "?").streamed())) {
                if (stream.status() == 200 && !early) {
                    stream.awaitText("It gets");
                }
                return stream.status() == 200;
            }
        });
    }

    private static void collectGarbage(PartProcess part) {
        String jcmd = Path.of(Repository.JAVA).resolveSibling("jcmd").toString();
        Shell.run(Path.of("."), List.of(jcmd, Long.toString(part.process().pid()), "GC.run"))
                .orFail();
    }
}
