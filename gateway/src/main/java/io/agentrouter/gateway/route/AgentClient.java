package io.agentrouter.gateway.route;

import static java.util.Objects.requireNonNull;

import io.agentrouter.gateway.catalog.AgentType;
import io.agentrouter.gateway.catalog.Catalog;
import io.agentrouter.gateway.problem.ClientLeft;
import io.netty.channel.ChannelOption;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.netty.NettyOutbound;
import reactor.netty.http.client.HttpClient;

/** Sends calls to agents, over one pool of connections. */
final class AgentClient {

    private static final String PATH = "/v1/chat/completions";

    private final Map<String, HttpClient> clients;

    AgentClient(HttpClient client, Catalog catalog) {
        this.clients = catalog.types().stream().collect(Collectors.toMap(AgentType::name, type -> of(type, client)));
    }

    private static HttpClient of(AgentType type, HttpClient client) {
        return client.baseUrl(type.uri().toString())
                .option(
                        ChannelOption.CONNECT_TIMEOUT_MILLIS,
                        Math.toIntExact(type.timeouts().connect().toMillis()));
    }

    /**
     * Sends the call.
     *
     * @param connection learns of the connection as soon as it stands; its owner aborts it unless the answer is read to its end
     * @return the head of the answer as soon as it is there, or the problem that kept it away
     */
    Mono<AgentAnswer> send(ServerWebExchange exchange, AgentCall call, AgentConnection connection) {
        return client(call.type())
                .post()
                .uri(target(exchange.getRequest()))
                .send((request, outbound) -> {
                    outbound.withConnection(connection::opened);
                    AgentRequestHeaders.write(exchange, call, request);
                    return body(call, outbound);
                })
                .responseConnection((head, opened) -> Mono.just(new AgentAnswer(head, opened)))
                .single()
                .flatMap(answer ->
                        answer.isDelimited() ? Mono.just(answer) : Mono.error(Failures.undelimited(call.type())))
                .onErrorMap(
                        error -> !(error instanceof ClientLeft),
                        error -> connection.isOpened()
                                ? Failures.unanswered(call.type(), error)
                                : Failures.unconnected(call.type(), error));
    }

    private HttpClient client(AgentType type) {
        return requireNonNull(clients.get(type.name()));
    }

    private static NettyOutbound body(AgentCall call, NettyOutbound outbound) {
        var bytes = call.body().bytes();
        return outbound.send(bytes.map(NettyDataBufferFactory::toByteBuf));
    }

    private static String target(ServerHttpRequest request) {
        String query = request.getURI().getRawQuery();
        return query == null ? PATH : PATH + "?" + query;
    }
}
