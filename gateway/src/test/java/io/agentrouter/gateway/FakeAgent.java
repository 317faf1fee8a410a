package io.agentrouter.gateway;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.resources.LoopResources;

/** An agent whose health is as a test wants it to be; it answers runs with an empty object. */
public final class FakeAgent implements AutoCloseable {

    private final AtomicInteger asked = new AtomicInteger();
    /** Its own, since a gateway that ends takes the shared one with it. */
    private final LoopResources threads = LoopResources.create("fake-agent", 1, true);

    private final DisposableServer server;
    private volatile @Nullable String health =
            "{\"status\":\"ok\",\"checks\":{\"redis\":\"ok\"},\"modes\":[\"offline\"]}";
    private volatile int status = 200;
    private volatile Mono<Void> answered = Mono.empty();

    public FakeAgent() {
        server = HttpServer.create()
                .runOn(threads)
                .host("127.0.0.1")
                .port(0)
                .route(routes -> routes.get("/health", (request, response) -> answer(response))
                        .post(
                                "/v1/chat/completions",
                                (request, response) -> response.header("Content-Type", "application/json")
                                        .header("Content-Length", "2")
                                        .sendString(answered.thenReturn("{}"))))
                .bindNow();
    }

    private Mono<Void> answer(HttpServerResponse response) {
        asked.incrementAndGet();
        String body = health;
        return body == null
                ? Mono.never()
                : response.status(status)
                        .header("Content-Type", "application/json")
                        .sendString(Mono.just(body))
                        .then();
    }

    public String uri() {
        return "http://127.0.0.1:" + server.port();
    }

    /** From now on, {@code /health} is answered so; never, if the body is null. */
    public void answerHealth(int newStatus, @Nullable String body) {
        status = newStatus;
        health = body;
    }

    /** From now on, runs are answered only when the {@code Runnable} is run. */
    public Runnable holdRuns() {
        Sinks.Empty<Void> end = Sinks.empty();
        answered = end.asMono();
        return end::tryEmitEmpty;
    }

    public int asked() {
        return asked.get();
    }

    @Override
    public void close() {
        server.disposeNow(Duration.ofSeconds(10));
        threads.dispose();
    }
}
