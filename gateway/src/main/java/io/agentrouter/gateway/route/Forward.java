package io.agentrouter.gateway.route;

import io.agentrouter.gateway.catalog.AgentType;
import io.agentrouter.gateway.catalog.Timeouts;
import io.agentrouter.gateway.problem.ProblemException;
import io.agentrouter.gateway.route.body.Bodies;
import io.agentrouter.gateway.server.Ending;
import io.opentelemetry.semconv.HttpAttributes;
import java.time.Duration;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;

/** Link 7: the agent's answer, streamed both ways. Whatever ends it early also ends the agent's work. */
final class Forward implements GatewayFilter {

    private final AgentClient agents;
    private final AnswerWriter answers;

    Forward(AgentClient agents, AnswerWriter answers) {
        this.agents = agents;
        this.answers = answers;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        AgentCall call = AgentCall.of(exchange);
        Attempt attempt = Attempt.of(exchange);
        var connection = new AgentConnection();
        Mono<Void> answered = agents.send(exchange, call, attempt.endpoint(), connection, limit(exchange, call))
                .flatMap(answer -> {
                    answer.enter(exchange);
                    attempt.span().setAttribute(HttpAttributes.HTTP_RESPONSE_STATUS_CODE, answer.status());
                    call.body().release();
                    return answers.write(exchange, call, answer, deadline(exchange, call));
                });
        // Also when all seems well: a write may complete though its client left and the answer was given up.
        return Ending.of(answered, (how, error) -> connection.abort());
    }

    private static AnswerHead.Limit limit(ServerWebExchange exchange, AgentCall call) {
        Timeouts timeouts = call.type().timeouts();
        Duration remaining = timeLeft(exchange, call);
        Duration untilFirstByte =
                until(Attempt.of(exchange).firstBegun() + timeouts.firstByte().toNanos());
        boolean firstByte = call.streamed() && untilFirstByte.compareTo(remaining) < 0;
        Connection client = ServerHttpRequestDecorator.getNativeRequest(exchange.getRequest());
        return new AnswerHead.Limit(
                firstByte ? untilFirstByte : remaining,
                () -> exceeded(call, firstByte),
                client.channel().eventLoop());
    }

    private static ProblemException exceeded(AgentCall call, boolean firstByte) {
        AgentType type = call.type();
        Duration limit =
                firstByte ? type.timeouts().firstByte() : type.timeouts().total();
        if (call.body().isAwaited()) {
            return Bodies.late(limit);
        }
        return firstByte ? Failures.exceeded(type, "first-byte", limit) : Failures.exceeded(type, "total", limit);
    }

    /** Of the total limit, which counts from the request's arrival. */
    private static long deadline(ServerWebExchange exchange, AgentCall call) {
        return RequestTrace.of(exchange).arrival()
                + call.type().timeouts().total().toNanos();
    }

    /** Of the total limit. */
    static Duration timeLeft(ServerWebExchange exchange, AgentCall call) {
        return until(deadline(exchange, call));
    }

    private static Duration until(long deadline) {
        return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
    }
}
