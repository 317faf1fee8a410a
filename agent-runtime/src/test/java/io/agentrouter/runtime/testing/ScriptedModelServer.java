package io.agentrouter.runtime.testing;

import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.resources.LoopResources;

/**
 * A model's server of one's own: OpenAI's streamed Chat Completions over HTTP/1.1, with every byte and pause under
 * control, and a record of who called and who hung up.
 *
 * <p>Calls are answered by the scripts that {@link #next} queued, in order; then by {@link DefaultScript}, or whatever
 * {@link #otherwise} says. {@code GET /calls} says how many there were.
 */
public final class ScriptedModelServer implements AutoCloseable {

    private static final int REMEMBERED = 1000;

    private final Queue<Script> scripts = new ConcurrentLinkedQueue<>();
    private final Deque<ModelCall> calls = new ConcurrentLinkedDeque<>();
    private final LongAdder all = new LongAdder();
    private volatile Function<ModelCall, Script> otherwise;
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    /** Of its own: an agent that ends in the same JVM takes the threads that all others share with it. */
    private final LoopResources threads = LoopResources.create("scripted-model", 1, true);

    private final DisposableServer server;

    private ScriptedModelServer(String host, int port, Function<ModelCall, Script> otherwise) {
        this.otherwise = otherwise;
        this.server = HttpServer.create()
                .runOn(threads)
                .host(host)
                .port(port)
                .channelGroup(connections)
                .route(routes -> routes.post("/v1/chat/completions", this::complete)
                        .get("/calls", (request, response) -> response.sendString(Mono.just(all.toString())))
                        .get(
                                "/v1/models",
                                (request, response) -> response.header("Content-Type", "application/json")
                                        .sendString(Mono.just("{\"object\":\"list\",\"data\":[]}"))))
                .bindNow(Duration.ofSeconds(10));
    }

    /** Starts on a free port of the loopback interface. */
    public static ScriptedModelServer start() {
        return start("127.0.0.1", 0, new DefaultScript());
    }

    /** Starts on an address and port, with what to answer when no script is queued. */
    public static ScriptedModelServer start(String host, int port, Function<ModelCall, Script> otherwise) {
        return new ScriptedModelServer(host, port, otherwise);
    }

    /** What {@code OPENAI_BASE_URL} takes. */
    public String baseUrl() {
        return "http://127.0.0.1:" + server.port() + "/v1";
    }

    public int port() {
        return server.port();
    }

    /** Queues scripts, one for each call to come. */
    public ScriptedModelServer next(Script... more) {
        scripts.addAll(List.of(more));
        return this;
    }

    /** What to answer when no script is queued. */
    public ScriptedModelServer otherwise(Function<ModelCall, Script> answer) {
        otherwise = answer;
        return this;
    }

    /** The last {@value #REMEMBERED} calls, oldest first. */
    public List<ModelCall> calls() {
        return List.copyOf(calls);
    }

    public ModelCall lastCall() {
        return calls.getLast();
    }

    /** Forgets calls and queued scripts. */
    public void reset() {
        scripts.clear();
        calls.clear();
        otherwise = new DefaultScript();
    }

    /** Waits until the server is closed. */
    public void await() {
        server.onDispose().block();
    }

    /** Stops listening and closes every connection. */
    @Override
    public void close() {
        connections.close().syncUninterruptibly();
        server.disposeNow(Duration.ofSeconds(10));
        threads.dispose();
    }

    private synchronized void remember(ModelCall call) {
        all.increment();
        calls.addLast(call);
        if (calls.size() > REMEMBERED) {
            calls.removeFirst();
        }
    }

    private Publisher<Void> complete(HttpServerRequest request, HttpServerResponse response) {
        return request.receive().aggregate().asString().flatMap(body -> {
            ModelCall call = new ModelCall(request.requestHeaders(), body);
            remember(call);
            Script queued = scripts.poll();
            Script script = queued != null ? queued : otherwise.apply(call);
            return new Performance(call, script).play(response);
        });
    }
}
