package io.agentrouter.runtime.sse;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Server-sent events as the HTML standard defines them, each flushed at once. */
public final class EventStream {

    private static final String COMMENT = ": \n\n";

    private EventStream() {}

    /**
     * Sends events. The head leaves with the first of them; an error before it is left to the error handler.
     *
     * @param data the events' data, each of one line
     * @param silence after this long without an event a comment line is sent
     */
    public static Mono<Void> write(ServerHttpResponse response, Flux<String> data, Duration silence) {
        HttpHeaders headers = response.getHeaders();
        headers.setContentType(new MediaType(MediaType.TEXT_EVENT_STREAM, StandardCharsets.UTF_8));
        headers.setCacheControl("no-cache");
        headers.set("X-Accel-Buffering", "no");
        return response.writeAndFlushWith(withComments(data.map(line -> "data: " + line + "\n\n"), silence)
                .map(text -> buffer(response, text)));
    }

    /** The inner switch starts its clock again at each event, and ends with the last. */
    private static Flux<String> withComments(Flux<String> events, Duration silence) {
        return events.publish(shared -> Flux.merge(
                shared,
                shared.switchMap(event ->
                                Flux.interval(silence).map(tick -> COMMENT).onBackpressureDrop())
                        .takeUntilOther(shared.ignoreElements())));
    }

    private static Publisher<DataBuffer> buffer(ServerHttpResponse response, String text) {
        return Mono.fromSupplier(() -> response.bufferFactory().wrap(text.getBytes(StandardCharsets.UTF_8)));
    }
}
