package io.agentrouter.gateway.route;

import io.agentrouter.gateway.server.LameDuck;
import io.agentrouter.gateway.tenant.Authenticate;
import org.springframework.cloud.gateway.handler.FilteringWebHandler;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.reactive.DispatcherHandler;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.adapter.DefaultServerWebExchange;
import org.springframework.web.server.i18n.AcceptHeaderLocaleContextResolver;
import org.springframework.web.server.i18n.LocaleContextResolver;
import org.springframework.web.server.session.WebSessionManager;
import reactor.core.publisher.Mono;

/**
 * Where every request comes in. One for an agent goes straight to the links of the one route that there is, all else to Spring's dispatch: that
 * asks mapping after mapping, with some thirty operators for each request, what is known here beforehand.
 */
final class GatewayHandler implements HttpHandler {

    private static final WebSessionManager NO_SESSIONS = exchange -> Mono.empty();
    private static final LocaleContextResolver LOCALES = new AcceptHeaderLocaleContextResolver();

    private final LameDuck requests;
    private final Observe observe;
    private final Authenticate authenticate;
    private final Route route;
    private final FilteringWebHandler links;
    private final DispatcherHandler dispatcher;
    private final ServerCodecConfigurer codecs;

    GatewayHandler(
            LameDuck requests,
            Observe observe,
            Authenticate authenticate,
            Route route,
            FilteringWebHandler links,
            DispatcherHandler dispatcher,
            ServerCodecConfigurer codecs) {
        this.requests = requests;
        this.observe = observe;
        this.authenticate = authenticate;
        this.route = route;
        this.links = links;
        this.dispatcher = dispatcher;
        this.codecs = codecs;
    }

    @Override
    public Mono<Void> handle(ServerHttpRequest request, ServerHttpResponse response) {
        var exchange = new DefaultServerWebExchange(request, response, NO_SESSIONS, codecs, LOCALES);
        return requests.count(observe.around(exchange, this::handle));
    }

    private Mono<Void> handle(ServerWebExchange exchange) {
        String path = exchange.getRequest().getURI().getRawPath();
        String pattern = AgentPaths.pattern(path);
        if (pattern == null) {
            if (AgentPaths.isList(path)) {
                authenticate.enter(exchange);
            }
            return dispatcher.handle(exchange).then(Mono.defer(exchange.getResponse()::setComplete));
        }
        exchange.getAttributes().put(ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR, route);
        exchange.getAttributes().put(ServerWebExchangeUtils.GATEWAY_PREDICATE_MATCHED_PATH_ATTR, pattern);
        return links.handle(exchange);
    }
}
