package io.agentrouter.gateway.route;

import io.agentrouter.gateway.tenant.IdentityHeaders;
import io.agentrouter.gateway.tenant.Tenant;
import io.agentrouter.gateway.trace.TraceContext;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.web.server.ServerWebExchange;
import reactor.netty.http.client.HttpClientRequest;
import reactor.netty.http.server.HttpServerRequest;

/** What an agent is told beside the body. */
final class AgentRequestHeaders {

    private AgentRequestHeaders() {}

    /** Writes the client's headers that may pass, and the gateway's own, into the request. */
    static void write(ServerWebExchange exchange, AgentCall call, HttpClientRequest request) {
        HttpServerRequest client = ServerHttpRequestDecorator.getNativeRequest(exchange.getRequest());
        HttpHeaders to = request.requestHeaders();
        to.remove(HttpHeaderNames.USER_AGENT).remove(HttpHeaderNames.ACCEPT);
        HopHeaders.pass(
                client.requestHeaders(), to, name -> IdentityHeaders.contains(name) || TraceContext.contains(name));
        // Not that of the one pod that is asked.
        to.set(HttpHeaderNames.HOST, call.type().uri().getRawAuthority());
        to.set(RequestTrace.REQUEST_ID, RequestTrace.of(exchange).requestId());
        TraceContext.write(Attempt.of(exchange).span(), to::set);
        to.set("X-Agent-Type", call.type().name());
        to.set("X-Agent-Tenant", Tenant.of(exchange).name());
        to.set(Depth.HEADER, Depth.of(exchange) + 1);
        to.set("X-Agent-Timeout", Forward.timeLeft(exchange, call).toSeconds());
        if (call.body().length() >= 0) {
            to.remove(HttpHeaderNames.TRANSFER_ENCODING);
            to.set(HttpHeaderNames.CONTENT_LENGTH, call.body().length());
        }
    }
}
