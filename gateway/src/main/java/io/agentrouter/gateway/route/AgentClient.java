package io.agentrouter.gateway.route;

import static io.agentrouter.gateway.route.NotBegun.Reason.BUSY;
import static io.agentrouter.gateway.route.NotBegun.Reason.DRAINING;
import static io.agentrouter.gateway.route.NotBegun.Reason.UNCONNECTED;

import io.agentrouter.gateway.catalog.AgentType;
import io.agentrouter.gateway.endpoint.Endpoint;
import io.agentrouter.gateway.problem.ClientLeft;
import io.netty.channel.ChannelOption;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.NettyOutbound;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.transport.AddressUtils;

/** Sends calls to agents, over one pool of connections for each endpoint. */
final class AgentClient {

    private static final String PATH = "/v1/chat/completions";

    private final HttpClient client;
    private final Map<Duration, HttpClient> byConnectTimeout = new ConcurrentHashMap<>();
    private final Map<Endpoint, URI> targets = new ConcurrentHashMap<>();
    private final ConnectionProvider connections;

    AgentClient(HttpClient client) {
        this.client = client;
        this.connections = client.configuration().connectionProvider();
    }

    /** Closes the connections to an endpoint: those at rest now, those that carry a call when it has ended. */
    void forget(Endpoint endpoint) {
        targets.remove(endpoint);
        // As the pool names it.
        connections.disposeWhen(AddressUtils.createUnresolved(endpoint.uri().getHost(), port(endpoint.uri())));
    }

    /**
     * Sends the call to one endpoint.
     *
     * @param connection learns of the connection as soon as it stands; its owner aborts it in the end
     * @return the head of the answer as soon as it is there; fails with the problem that kept it away, or with
     *     {@link NotBegun}
     */
    Mono<AgentAnswer> send(ServerWebExchange exchange, AgentCall call, Endpoint endpoint, AgentConnection connection) {
        return client(call.type())
                .post()
                .uri(target(endpoint, exchange.getRequest().getURI().getRawQuery()))
                .send((request, outbound) -> {
                    outbound.withConnection(connection::opened);
                    AgentRequestHeaders.write(exchange, call, request);
                    return body(call, outbound);
                })
                .responseConnection((head, opened) -> Mono.just(AgentAnswer.of(head, opened, connection)))
                .single()
                .onErrorMap(
                        error -> !(error instanceof ClientLeft),
                        error -> connection.isOpened()
                                ? Failures.unanswered(call.type(), error)
                                : new NotBegun(UNCONNECTED, Failures.unconnected(call.type(), error)))
                .doOnNext(answer -> check(call.type(), answer))
                // Operators of the HTTP client ask for it often, each time up to the next that keeps it.
                .contextWrite(context -> context);
    }

    private static void check(AgentType type, AgentAnswer answer) {
        String refused = answer.refused();
        if (refused != null) {
            NotBegun.Reason reason = refused.equals("draining") ? DRAINING : BUSY;
            throw new NotBegun(reason, Failures.refused(type, reason, answer.headers()));
        }
        if (!answer.isDelimited()) {
            throw Failures.undelimited(type);
        }
    }

    private static int port(URI uri) {
        if (uri.getPort() >= 0) {
            return uri.getPort();
        }
        return uri.getScheme().equals("https") ? 443 : 80;
    }

    private HttpClient client(AgentType type) {
        return byConnectTimeout.computeIfAbsent(
                type.timeouts().connect(),
                timeout -> client.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(timeout.toMillis())));
    }

    private static NettyOutbound body(AgentCall call, NettyOutbound outbound) {
        Publisher<DataBuffer> bytes = call.body().bytes();
        return outbound.send(
                bytes instanceof Mono<DataBuffer> whole // goes out in one piece with the head
                        ? whole.map(NettyDataBufferFactory::toByteBuf)
                        : Flux.from(bytes).map(NettyDataBufferFactory::toByteBuf));
    }

    private URI target(Endpoint endpoint, @Nullable String query) {
        URI target = targets.computeIfAbsent(endpoint, pod -> URI.create(pod.uri() + PATH));
        return query == null ? target : URI.create(target + "?" + query);
    }
}
