package io.agentrouter.gateway.health;

import io.agentrouter.gateway.catalog.DiscoveryLimits;
import io.agentrouter.gateway.endpoint.Endpoint;
import io.netty.channel.ChannelOption;
import org.springframework.http.HttpStatus;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Asks a pod how it is. Each question has a connection of its own: it waits behind no run. */
@Component
class AgentProbe {

    private static final int MAX_ANSWER = 64 * 1024;

    private final WebClient client;
    private final JsonMapper json;
    private final DiscoveryLimits limits;

    AgentProbe(JsonMapper json, DiscoveryLimits limits) {
        this.json = json;
        this.limits = limits;
        HttpClient http = HttpClient.create(ConnectionProvider.newConnection())
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        limits.checkTimeout().toMillis())
                .responseTimeout(limits.checkTimeout());
        this.client = WebClient.builder()
                .clientConnector(new ReactorClientHttpConnector(http))
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(MAX_ANSWER))
                .build();
    }

    /** Never fails. The connection has the check's timeout, and then the answer. */
    Mono<Health> ask(Endpoint endpoint) {
        return client.get()
                .uri(endpoint.uri().resolve("/health"))
                .exchangeToMono(this::read)
                .timeout(limits.checkTimeout().multipliedBy(2)) // for answers that trickle
                .onErrorReturn(Health.UNREACHABLE);
    }

    private Mono<Health> read(ClientResponse response) {
        String status = response.statusCode().isSameCodeAs(HttpStatus.OK) ? "ok" : "degraded";
        return response.bodyToMono(byte[].class)
                .map(body -> parse(status, body))
                .defaultIfEmpty(new Health(status, null, null));
    }

    /** The status code is what counts; the body is an agent's word in addition, where it is JSON. */
    private Health parse(String status, byte[] body) {
        try {
            Health said = json.readValue(body, Health.class);
            return new Health(status, said.checks(), said.modes());
        } catch (JacksonException notOurShape) {
            return new Health(status, null, null);
        }
    }
}
