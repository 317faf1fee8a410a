package io.agentrouter.runtime.model;

import io.agentrouter.runtime.depth.Depth;
import io.agentrouter.runtime.trace.TraceContext;
import io.netty.channel.ChannelOption;
import java.time.Duration;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientRequestException;
import reactor.core.publisher.Flux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.util.context.ContextView;

/** The connection to the model's server: one POST, and the data of the events that it answers with. */
final class ModelHttp implements AutoCloseable {

    private static final ParameterizedTypeReference<ServerSentEvent<String>> EVENT =
            new ParameterizedTypeReference<>() {};
    private static final int MAX_EVENT_BYTES = 1024 * 1024;
    private static final Duration MAX_IDLE = Duration.ofSeconds(30);

    private final ConnectionProvider connections;
    private final WebClient client;
    private final ApiKey key;

    ModelHttp(ModelProperties properties, WebClient.Builder builder, ApiKey key) {
        this.key = key;
        this.connections = ConnectionProvider.builder("model")
                .maxConnections(properties.maxConnections())
                .maxIdleTime(MAX_IDLE)
                .build();
        HttpClient netty = HttpClient.create(connections)
                .disableRetry(true)
                .proxyWithSystemProperties()
                .option(
                        ChannelOption.CONNECT_TIMEOUT_MILLIS,
                        Math.toIntExact(properties.timeouts().connect().toMillis()));
        this.client = builder.clientConnector(new ReactorClientHttpConnector(netty))
                .baseUrl(properties.baseUrl().toString())
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(MAX_EVENT_BYTES))
                .build();
    }

    /** Cancelling closes the connection, whatever the server is at. */
    Flux<String> post(String body) {
        return Flux.deferContextual(context -> post(body, context))
                .onErrorMap(WebClientRequestException.class, error -> ModelFailure.connection(false));
    }

    private Flux<String> post(String body, ContextView context) {
        TextPieces pieces = new TextPieces(body);
        return client.post()
                .uri("/chat/completions")
                .contentType(MediaType.APPLICATION_JSON)
                .accept(MediaType.TEXT_EVENT_STREAM)
                .headers(headers -> {
                    authorize(headers);
                    Depth.of(context).ifPresent(depth -> headers.set(Depth.HEADER, depth));
                    TraceContext.write(context, headers::set);
                })
                .contentLength(pieces.length())
                .body(BodyInserters.fromDataBuffers(pieces.all()))
                .exchangeToFlux(ModelHttp::events);
    }

    @Override
    public void close() {
        connections.dispose();
    }

    private void authorize(HttpHeaders headers) {
        key.current().ifPresent(headers::setBearerAuth);
    }

    private static Flux<String> events(ClientResponse response) {
        if (!response.statusCode().is2xxSuccessful()) {
            ModelFailure failure = ModelFailure.status(
                    response.statusCode().value(), response.headers().asHttpHeaders());
            return response.releaseBody().onErrorComplete().thenMany(Flux.error(failure));
        }
        boolean streams = response.headers()
                .contentType()
                .filter(MediaType.TEXT_EVENT_STREAM::isCompatibleWith)
                .isPresent();
        if (!streams) {
            return response.releaseBody().onErrorComplete().thenMany(Flux.error(ModelFailure.unreadable()));
        }
        return response.bodyToFlux(EVENT).mapNotNull(ServerSentEvent::data);
    }
}
