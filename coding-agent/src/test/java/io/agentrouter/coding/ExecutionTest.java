package io.agentrouter.coding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentrouter.coding.sandbox.SandboxClient;
import io.agentrouter.coding.sandbox.SandboxException;
import io.netty.channel.unix.DomainSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

class ExecutionTest {

    private static final Duration SHORT = Duration.ofSeconds(5);

    @TempDir
    private Path temp;

    private final AtomicInteger asked = new AtomicInteger();
    private @Nullable DisposableServer sandbox;

    @AfterEach
    void stop() {
        if (sandbox != null) {
            sandbox.disposeNow();
        }
    }

    @Test
    void busySandbox_isAskedAgainToEmptyAWorkspace() {
        answering(503, 503, 204).empty("w").block(SHORT);

        assertThat(asked).hasValue(3);
    }

    @Test
    void sandboxThatFailsToEmptyAWorkspace_isNotAskedAgain() {
        Execution execution = answering(500, 204);

        assertThatThrownBy(() -> execution.empty("w").block(SHORT)).isInstanceOf(SandboxException.class);
        assertThat(asked).hasValue(1);
    }

    private Execution answering(Integer... statuses) {
        Path socket = temp.resolve("socket");
        Iterator<Integer> next = List.of(statuses).iterator();
        sandbox = HttpServer.create()
                .bindAddress(() -> new DomainSocketAddress(socket.toString()))
                .handle((in, out) -> {
                    asked.incrementAndGet();
                    return out.status(next.next()).send();
                })
                .bindNow();
        return new Execution(new SandboxClient(socket), null);
    }
}
