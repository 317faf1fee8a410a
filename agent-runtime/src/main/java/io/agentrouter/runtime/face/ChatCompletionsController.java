package io.agentrouter.runtime.face;

import io.agentrouter.runtime.AgentProperties;
import io.agentrouter.runtime.run.Lease;
import io.agentrouter.runtime.run.RunRequest;
import io.agentrouter.runtime.run.Runs;
import io.agentrouter.runtime.sse.EventStream;
import java.util.UUID;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** {@code POST /v1/chat/completions}, as OpenAI defines it. */
@RestController
final class ChatCompletionsController {

    private static final String LAST = "[DONE]";

    private final AgentProperties properties;
    private final RequestReader reader;
    private final Runs runs;
    private final JsonMapper json;

    ChatCompletionsController(AgentProperties properties, Runs runs, JsonMapper json) {
        this.properties = properties;
        this.reader = new RequestReader(properties);
        this.runs = runs;
        this.json = json;
    }

    /** The slot comes first, so that bodies held at once are as few as runs. */
    @PostMapping(path = "/v1/chat/completions", consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<Void> complete(ServerWebExchange exchange) {
        return Mono.usingWhen(
                runs.admit(),
                lease -> {
                    Caller caller = Caller.of(exchange.getRequest());
                    return reader.read(exchange.getRequest()).flatMap(chat -> answer(exchange, lease, caller, chat));
                },
                Lease::close);
    }

    private Mono<Void> answer(ServerWebExchange exchange, Lease lease, Caller caller, ChatRequest chat) {
        RunRequest request = caller.asks(UUID.randomUUID().toString(), chat);
        Envelope envelope = Envelope.of(request.id(), properties.type());
        return chat.stream()
                ? stream(exchange.getResponse(), lease, request, new StreamedAnswer(envelope, chat.includeUsage()))
                : whole(exchange.getResponse(), lease, request, new WholeAnswer(envelope));
    }

    /** The lease is closed before the end is told, so that a client's next request finds the slot free. */
    private Mono<Void> whole(ServerHttpResponse response, Lease lease, RunRequest request, WholeAnswer answer) {
        return runs.start(lease, request)
                .reduce(answer, WholeAnswer::on)
                .delayUntil(gathered -> lease.close())
                .flatMap(gathered -> write(response, json.writeValueAsBytes(gathered.completion())));
    }

    private Mono<Void> stream(ServerHttpResponse response, Lease lease, RunRequest request, StreamedAnswer answer) {
        Flux<String> data = runs.start(lease, request)
                .concatMapIterable(answer::on)
                .map(json::writeValueAsString)
                .concatWith(lease.close().then(Mono.defer(() -> answer.failed() ? Mono.empty() : Mono.just(LAST))));
        return EventStream.write(response, data, properties.heartbeat());
    }

    private static Mono<Void> write(ServerHttpResponse response, byte[] body) {
        HttpHeaders headers = response.getHeaders();
        headers.setContentType(MediaType.APPLICATION_JSON);
        headers.setContentLength(body.length);
        return response.writeWith(
                Mono.fromSupplier(() -> response.bufferFactory().wrap(body)));
    }
}
