package io.agentrouter.runtime.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agentrouter.runtime.testing.ModelCall;
import io.agentrouter.runtime.testing.Script;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;

class LongRequestTest {

    private static final int MEBIBYTE = 1 << 20;
    private static final int LENGTH = 16 * MEBIBYTE;

    @Test
    void longRequest_arrivesWholeWithItsLengthAtEachAttempt() {
        String question = "a€😀".repeat(100_000);
        try (ModelUnderTest model = new ModelUnderTest()) {
            model.server.next(Script.status(500), Script.text("Hello"));

            model.answer(question);

            assertThat(model.server.calls()).hasSize(2).allSatisfy(call -> {
                assertThat(call.question()).isEqualTo(question);
                assertThat(call.header("Transfer-Encoding")).isEmpty();
                assertThat(length(call)).isGreaterThan(question.getBytes(UTF_8).length);
            });
            assertThat(model.server.calls().stream().map(LongRequestTest::length))
                    .containsOnly(length(model.server.lastCall()));
        }
    }

    @Test
    void longRequestThatIsNotRead_takesLittleOfTheMemoryForBuffers() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ModelUnderTest model =
                        new ModelUnderTest("base-url", "http://127.0.0.1:" + server.getLocalPort() + "/v1")) {
            long before = directMemory();
            Disposable run = model.ask("x".repeat(LENGTH)).subscribe(event -> {}, failure -> {});
            try (Socket client = server.accept()) {
                assertThat(client.getInputStream().read()).isEqualTo('P');
                await().during(ofMillis(500))
                        .atMost(ofSeconds(10))
                        .untilAsserted(() -> assertThat(directMemory() - before).isLessThan(8L * MEBIBYTE));
                assertThat(run.isDisposed()).isFalse();
            } finally {
                run.dispose();
            }
        }
    }

    private static long length(ModelCall call) {
        return Long.parseLong(call.header("Content-Length").orElseThrow());
    }

    private static long directMemory() {
        return ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT)
                .metric()
                .usedDirectMemory();
    }
}
