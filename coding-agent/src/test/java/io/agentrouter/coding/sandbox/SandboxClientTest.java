package io.agentrouter.coding.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.netty.channel.unix.DomainSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

class SandboxClientTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @TempDir
    private Path temp;

    private final AtomicInteger closed = new AtomicInteger();
    private final AtomicInteger received = new AtomicInteger();
    private final AtomicReference<String> request = new AtomicReference<>("");
    private @Nullable DisposableServer server;

    @AfterEach
    void stop() {
        if (server != null) {
            server.disposeNow();
        }
    }

    @Test
    void command_isSentAndItsEndRead() {
        SandboxClient client = answering(
                200,
                Mono.just(
                        "{\"exitCode\":3,\"output\":\"hello\\n\",\"truncated\":false,\"ended\":\"exited\",\"seconds\":0.25,\"more\":1}"));

        ExecResult result =
                client.exec("w", "make 'it'", "src", SECOND).blockOptional().orElseThrow();

        assertThat(result.output()).isEqualTo("hello\n");
        assertThat(result.outcome()).isEqualTo("exit code 3, 0.3 s");
        assertThat(request.get())
                .isEqualTo(
                        "{\"workspace\":\"w\",\"command\":[\"env\",\"PYTHONDONTWRITEBYTECODE=1\",\"sh\",\"-c\",\"make 'it'\"],"
                                + "\"directory\":\"src\",\"timeoutSeconds\":1}");
    }

    @Test
    void commandThatALimitEnded_saysWhich() {
        SandboxClient client =
                answering(200, Mono.just("{\"exitCode\":null,\"output\":\"\",\"ended\":\"memory\",\"seconds\":2}"));

        assertThat(client.exec("w", "c", "", SECOND)
                        .blockOptional()
                        .orElseThrow()
                        .outcome())
                .isEqualTo("ended by the sandbox: memory, 2.0 s");
    }

    @Test
    void refusal_isToldInTheSandboxsWords() {
        SandboxClient client = answering(503, Mono.just("{\"detail\":\"Four commands run already.\"}"));

        assertThatThrownBy(() -> client.exec("w", "c", "", SECOND).block())
                .isInstanceOf(SandboxException.class)
                .hasMessageContaining("Four commands run already.");
    }

    @Test
    void workspaceThatIsNotThere_isEmptyToo_andAnotherRefusalIsAnError() {
        answering(404, Mono.just("{\"detail\":\"No such workspace.\"}"))
                .empty("w")
                .block(SECOND);

        SandboxClient busy = answering(503, Mono.just("{\"detail\":\"A command already runs in this workspace.\"}"));
        assertThatThrownBy(() -> busy.empty("w").block(SECOND))
                .isInstanceOf(SandboxException.class)
                .hasMessage("The sandbox refused: A command already runs in this workspace.");
    }

    @Test
    void missingOrBabblingSandbox_isASandboxException() {
        assertThatThrownBy(() -> new SandboxClient(temp.resolve("none"))
                        .exec("w", "c", "", SECOND)
                        .block())
                .isInstanceOf(SandboxException.class)
                .hasMessageContaining("cannot be reached");
        assertThatThrownBy(() -> answering(200, Mono.just("no json"))
                        .exec("w", "c", "", SECOND)
                        .block())
                .isInstanceOf(SandboxException.class);
    }

    @Test
    void answerUpToTheLimit_isRead_andALargerOneIsNotHeldInMemory() {
        String start = "{\"exitCode\":0,\"ended\":\"exited\",\"seconds\":1,\"output\":\"";
        String longest = "x".repeat(SandboxClient.MAX_ANSWER - start.length() - 2);

        assertThat(answering(200, Mono.just(start + longest + "\"}"))
                        .exec("w", "c", "", SECOND)
                        .blockOptional()
                        .orElseThrow()
                        .output())
                .isEqualTo(longest);
        assertThatThrownBy(() -> answering(200, Mono.just(start + longest + "x\"}"))
                        .exec("w", "c", "", SECOND)
                        .block())
                .isInstanceOf(SandboxException.class)
                .hasMessage("The sandbox's answer is larger than 4194304 bytes.");
    }

    @Test
    void cancelledCommand_closesItsConnectionWithinASecond() {
        SandboxClient client = answering(200, Mono.never());

        var running = client.exec("w", "sleep 60", "", Duration.ofSeconds(60)).subscribe();
        await().until(() -> received.get() == 1);
        running.dispose();

        await().atMost(SECOND).until(() -> closed.get() == 1);
    }

    private SandboxClient answering(int status, Mono<String> body) {
        Path socket = temp.resolve("s" + System.nanoTime());
        server = HttpServer.create()
                .bindAddress(() -> new DomainSocketAddress(socket.toString()))
                .handle((in, out) -> {
                    in.withConnection(connection -> connection.onDispose(closed::incrementAndGet));
                    return in.receive()
                            .aggregate()
                            .asString()
                            .doOnNext(request::set)
                            .doOnNext(text -> received.incrementAndGet())
                            .then(body)
                            .flatMap(text -> out.status(status)
                                    .header("Content-Type", "application/json")
                                    .sendString(Mono.just(text))
                                    .then());
                })
                .bindNow();
        return new SandboxClient(socket);
    }
}
