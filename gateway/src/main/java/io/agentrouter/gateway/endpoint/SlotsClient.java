package io.agentrouter.gateway.endpoint;

import io.agentrouter.gateway.catalog.SlotsSettings;
import io.netty.channel.ChannelOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.util.retry.Retry;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/** Listens to what pods say about their slots, over one connection each that waits behind no run. */
final class SlotsClient {

    private static final Logger log = LoggerFactory.getLogger(SlotsClient.class);
    private static final int MAX_EVENT = 4 * 1024;

    private static final ParameterizedTypeReference<ServerSentEvent<String>> EVENTS =
            new ParameterizedTypeReference<>() {};

    private final ObjectReader reader;
    private final WebClient client;
    private final Retry again;

    SlotsClient(SlotsSettings settings, JsonMapper json) {
        // Made here, since making it may wait for a lock.
        this.reader = json.readerFor(Slots.class);
        HttpClient http = HttpClient.create(ConnectionProvider.newConnection())
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        settings.connect().toMillis())
                .responseTimeout(settings.silence()); // between any two reads, so comment lines count
        this.client = WebClient.builder()
                .clientConnector(new ReactorClientHttpConnector(http))
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(MAX_EVENT))
                .build();
        this.again = Retry.backoff(Long.MAX_VALUE, settings.again())
                .maxBackoff(settings.againAtMost())
                .transientErrors(true);
    }

    /** Keeps an endpoint told of what its pod says, until that is gone. What a broken connection said holds no longer. */
    void listen(Endpoint endpoint) {
        client.get()
                .uri(endpoint.uri().resolve("/slots"))
                .accept(MediaType.TEXT_EVENT_STREAM)
                .exchangeToFlux(SlotsClient::events)
                .mapNotNull(ServerSentEvent::data)
                .map(reader::<Slots>readValue)
                .doOnNext(endpoint::hear)
                .concatWith(Mono.error(() -> new IllegalStateException("the pod ended its events")))
                .doOnError(broken -> lost(endpoint, broken))
                .retryWhen(again)
                .takeUntilOther(endpoint.gone())
                .subscribe();
    }

    private static Flux<ServerSentEvent<String>> events(ClientResponse response) {
        return response.statusCode().isSameCodeAs(HttpStatus.OK)
                ? response.bodyToFlux(EVENTS)
                : response.releaseBody()
                        .thenMany(Flux.error(() -> new IllegalStateException("status " + response.statusCode())));
    }

    private static void lost(Endpoint endpoint, Throwable broken) {
        if (endpoint.hearNothing()) {
            log.info("The slots of {} are not heard any more: {}", endpoint, broken.getMessage());
        } else {
            log.debug("The slots of {} are not heard: {}", endpoint, broken.getMessage());
        }
    }
}
