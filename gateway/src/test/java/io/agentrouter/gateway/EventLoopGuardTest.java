package io.agentrouter.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.blockhound.BlockingOperationError;
import reactor.netty.resources.LoopResources;

/** The guard of all tests would notice. */
class EventLoopGuardTest {

    @Test
    void lostBuffer_isFound() {
        loseABuffer();
        List<Throwable> found = new ArrayList<>();
        await().until(() -> found.addAll(EventLoopGuard.found()));
        assertThat(found)
                .singleElement()
                .satisfies(
                        leak -> assertThat(leak).hasMessageContaining("LEAK: ").hasMessageContaining("loseABuffer"));
    }

    private static void loseABuffer() {
        ByteBufAllocator.DEFAULT.directBuffer(16).writeByte(1);
    }

    @Test
    void sleepOnAnEventLoop_isFound() {
        var loops = LoopResources.create("blocked");
        try {
            var slept = loops.onServer(true).submit(() -> {
                Thread.sleep(1);
                return "slept";
            });
            await().until(slept::isDone);
            assertThat(slept.cause()).isInstanceOf(BlockingOperationError.class);
            assertThat(EventLoopGuard.found()).singleElement().isInstanceOf(BlockingOperationError.class);
        } finally {
            loops.dispose();
        }
    }
}
