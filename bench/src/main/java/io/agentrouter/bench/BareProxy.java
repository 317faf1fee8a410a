package io.agentrouter.bench;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.ConnectionProvider;

/** A proxy on Reactor Netty and nothing else: what the stack that the gateway stands on costs at least. */
final class BareProxy {

    private BareProxy() {}

    static void main(String[] args) {
        HttpClient client = HttpClient.create(ConnectionProvider.builder("agent")
                        .maxConnections(20_000)
                        .lifo()
                        .build())
                .baseUrl("http://127.0.0.1:" + args[1]);
        HttpServer.create()
                .host("127.0.0.1")
                .port(Integer.parseInt(args[0]))
                .handle((request, response) -> client.request(request.method())
                        .uri(request.uri())
                        .send((call, outbound) -> {
                            call.headers(request.requestHeaders().copy().remove(HttpHeaderNames.HOST));
                            return outbound.send(request.receive().retain());
                        })
                        .responseConnection((answer, connection) -> {
                            response.status(answer.status())
                                    .headers(answer.responseHeaders().copy());
                            var body = connection.inbound().receive().retain();
                            return Mono.from(
                                    response.send(body, BareProxy::flush).then());
                        })
                        .then())
                .bindNow()
                .onDispose()
                .block();
    }

    private static boolean flush(ByteBuf piece) {
        return true;
    }
}
