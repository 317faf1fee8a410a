package io.agentrouter.gateway.route;

import io.agentrouter.gateway.catalog.AgentType;
import io.agentrouter.gateway.problem.ProblemException;
import io.agentrouter.gateway.route.body.Bodies;
import io.agentrouter.gateway.route.body.HeldBody;
import io.agentrouter.gateway.route.body.RequestBody;
import io.agentrouter.gateway.route.resolve.AgentTypeResolver;
import io.agentrouter.gateway.route.resolve.BodyFacts;
import io.agentrouter.gateway.route.resolve.BodyScanner;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Link 3: which type's agents are asked. Takes the body in, since it may be what names the type. */
final class Resolve implements GatewayFilter {

    private static final String AGENT_TYPE = "X-Agent-Type";

    private final AgentTypeResolver resolver;
    private final Bodies bodies;

    Resolve(AgentTypeResolver resolver, Bodies bodies) {
        this.resolver = resolver;
        this.bodies = bodies;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        if (!request.getMethod().equals(HttpMethod.POST)) {
            return Mono.error(new MethodNotAllowedException(request.getMethod(), List.of(HttpMethod.POST)));
        }
        Optional<AgentType> named = resolver.fromHead(
                request.getURI().getRawPath(),
                request.getURI().getRawQuery(),
                request.getHeaders().getOrEmpty(AGENT_TYPE));
        return bodies.with(request, body -> {
            AgentCall call = call(named, body, request);
            call.enter(exchange);
            exchange.getResponse().getHeaders().set(AGENT_TYPE, call.type().name());
            return chain.filter(exchange);
        });
    }

    private AgentCall call(Optional<AgentType> named, RequestBody body, ServerHttpRequest request) {
        if (body instanceof HeldBody held) {
            BodyFacts facts = BodyScanner.scan(held.content());
            AgentType type = named.orElseGet(() -> resolver.fromBody(facts));
            return new AgentCall(type, fitting(type, body), facts.stream());
        }
        AgentType type = named.orElseThrow(resolver::inLargeBody);
        return new AgentCall(type, fitting(type, body), acceptsEventsOnly(request));
    }

    private static RequestBody fitting(AgentType type, RequestBody body) {
        long max = type.maxBody().toBytes();
        return body.atMost(
                max,
                () -> ProblemException.invalid(
                        HttpStatus.CONTENT_TOO_LARGE,
                        "payload_too_large",
                        "The agent type " + type.name() + " takes bodies of up to " + max + " bytes; send less."));
    }

    /** All that tells of the answer when the body passes by. Who takes anything else too may get that, for which no stream must have begun. */
    private static boolean acceptsEventsOnly(ServerHttpRequest request) {
        List<String> accepted = request.getHeaders().getOrEmpty(HttpHeaders.ACCEPT);
        return !accepted.isEmpty()
                && accepted.stream()
                        .flatMap(value -> Stream.of(value.split(",", -1)))
                        .allMatch(Resolve::isEventStream);
    }

    /** Not parsed, since what a client accepts is none of the gateway's business if it is no media type. */
    private static boolean isEventStream(String accepted) {
        return accepted.split(";", 2)[0].strip().equalsIgnoreCase(MediaType.TEXT_EVENT_STREAM_VALUE);
    }
}
