package io.agentrouter.gateway.training;

import java.net.URI;
import java.util.Collections;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** An agent that answers at once: with JSON, or with events if it is asked for a stream. */
final class TrainingAgent {

    private static final String JSON = "{\"object\":\"chat.completion\",\"choices\":[]}";
    private static final String EVENT = "data: {\"object\":\"chat.completion.chunk\",\"choices\":[]}\n\n";
    private static final String LAST = "data: [DONE]\n\n";

    private TrainingAgent() {}

    static DisposableServer start(URI uri) {
        return HttpServer.create()
                .host(uri.getHost())
                .port(uri.getPort())
                .handle(TrainingAgent::answer)
                .bindNow();
    }

    private static Mono<Void> answer(HttpServerRequest request, HttpServerResponse response) {
        return request.receive().aggregate().asString().flatMap(body -> {
            if (body.contains("\"stream\":true")) {
                Flux<String> events =
                        Flux.fromIterable(Collections.nCopies(8, EVENT)).concatWithValues(LAST);
                return response.sse().sendString(events).then();
            }
            return response.header("Content-Type", "application/json")
                    .sendString(Mono.just(JSON))
                    .then();
        });
    }
}
