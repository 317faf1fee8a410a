package io.agentrouter.gateway.route;

import io.agentrouter.gateway.catalog.AgentType;
import io.agentrouter.gateway.endpoint.Endpoint;
import io.netty.channel.ChannelOption;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.NettyPipeline;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.transport.AddressUtils;

/** Sends calls to agents, over one pool of connections for each endpoint. */
final class AgentClient {

    private final HttpClient client;
    private final Map<Target, HttpClient.RequestSender> senders = new ConcurrentHashMap<>();
    private final ConnectionProvider connections;

    private record Target(Endpoint endpoint, Duration connectTimeout) {}

    AgentClient(HttpClient client) {
        this.client = client.doOnChannelInit((observer, channel, address) -> channel.pipeline()
                .addAfter(NettyPipeline.HttpCodec, InterimAnswers.class.getSimpleName(), new InterimAnswers()));
        this.connections = client.configuration().connectionProvider();
    }

    /** Closes the connections to an endpoint: those at rest now, those that carry a call when it has ended. */
    void forget(Endpoint endpoint) {
        senders.keySet().removeIf(target -> target.endpoint() == endpoint);
        // As the pool names it.
        connections.disposeWhen(AddressUtils.createUnresolved(endpoint.uri().getHost(), port(endpoint.uri())));
    }

    /**
     * Sends the call to one endpoint.
     *
     * @param connection learns of the connection as soon as it stands; its owner aborts it in the end
     * @param limit how long the head may take to come
     * @return the head of the answer as soon as it is there; fails with the problem that kept it away, or with
     *     {@link NotBegun}
     */
    Mono<AgentAnswer> send(
            ServerWebExchange exchange,
            AgentCall call,
            Endpoint endpoint,
            AgentConnection connection,
            AnswerHead.Limit limit) {
        Flux<AgentAnswer> answer = sender(
                        endpoint, call.type(), exchange.getRequest().getURI().getRawQuery())
                .send((request, outbound) -> {
                    outbound.withConnection(connection::opened);
                    AgentRequestHeaders.write(exchange, call, request);
                    return outbound.send(call.body().bytes());
                })
                .responseConnection((head, opened) -> Mono.just(AgentAnswer.of(head, opened, connection)));
        return new AnswerHead(answer, call.type(), connection, limit);
    }

    private static int port(URI uri) {
        if (uri.getPort() >= 0) {
            return uri.getPort();
        }
        return uri.getScheme().equals("https") ? 443 : 80;
    }

    private HttpClient.RequestSender sender(Endpoint endpoint, AgentType type, @Nullable String query) {
        HttpClient.RequestSender sender =
                senders.computeIfAbsent(new Target(endpoint, type.timeouts().connect()), this::sender);
        return query == null ? sender : sender.uri(URI.create(endpoint.uri() + AgentPaths.PLAIN + "?" + query));
    }

    private HttpClient.RequestSender sender(Target target) {
        return client.option(
                        ChannelOption.CONNECT_TIMEOUT_MILLIS,
                        Math.toIntExact(target.connectTimeout().toMillis()))
                .post()
                .uri(URI.create(target.endpoint().uri() + AgentPaths.PLAIN));
    }
}
