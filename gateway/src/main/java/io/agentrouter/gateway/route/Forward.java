package io.agentrouter.gateway.route;

import io.agentrouter.gateway.catalog.Timeouts;
import io.agentrouter.gateway.server.EventLoopTimers;
import io.opentelemetry.semconv.HttpAttributes;
import java.time.Duration;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

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
        var connection = new AgentConnection();
        return head(exchange, call, connection)
                .doOnNext(answer -> {
                    answer.enter(exchange);
                    Attempt.of(exchange).span().setAttribute(HttpAttributes.HTTP_RESPONSE_STATUS_CODE, answer.status());
                    call.body().release();
                })
                .flatMap(answer -> answers.write(exchange, call, answer, deadline(exchange, call)))
                // Also when all seems well: a write may complete though its client left and the answer was given up.
                .doFinally(end -> connection.abort());
    }

    private Mono<AgentAnswer> head(ServerWebExchange exchange, AgentCall call, AgentConnection connection) {
        Timeouts timeouts = call.type().timeouts();
        Attempt attempt = Attempt.of(exchange);
        Duration remaining = until(deadline(exchange, call));
        Duration untilFirstByte =
                until(attempt.firstBegun() + timeouts.firstByte().toNanos());
        boolean firstByte = call.streamed() && untilFirstByte.compareTo(remaining) < 0;
        return agents.send(exchange, call, attempt.endpoint(), connection)
                .timeout(
                        firstByte ? untilFirstByte : remaining,
                        Mono.error(() -> firstByte
                                ? Failures.exceeded(call.type(), "first-byte", timeouts.firstByte())
                                : Failures.exceeded(call.type(), "total", timeouts.total())),
                        EventLoopTimers.current());
    }

    /** Of the total limit, which counts from the request's arrival. */
    private static long deadline(ServerWebExchange exchange, AgentCall call) {
        return RequestTrace.of(exchange).arrival()
                + call.type().timeouts().total().toNanos();
    }

    private static Duration until(long deadline) {
        return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
    }
}
