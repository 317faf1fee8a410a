package io.agentrouter.runtime.run;

import io.agentrouter.runtime.agent.AgentException;
import io.agentrouter.runtime.agent.RunEvent;
import io.agentrouter.runtime.agent.TokenUsage;
import io.agentrouter.runtime.trace.GenAi;
import io.agentrouter.runtime.trace.Tracing;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import java.util.List;
import java.util.Locale;
import reactor.core.publisher.Flux;

/** What a run's span says: how it ended, and the tokens of all its steps. */
final class RunSpan {

    private static final String INVOKE_AGENT = "invoke_agent";

    private final Span span;
    private TokenUsage usage = TokenUsage.NONE;

    private RunSpan(Span span) {
        this.span = span;
    }

    static Flux<RunEvent> around(Tracing tracing, String type, RunRequest request, Flux<RunEvent> events) {
        var attributes = Attributes.builder()
                .put(GenAi.OPERATION, INVOKE_AGENT)
                .put(GenAi.PROVIDER, "agent-router")
                .put(GenAi.AGENT, type);
        if (request.conversation() != null) {
            attributes.put(GenAi.CONVERSATION, request.conversation());
        }
        return tracing.around(INVOKE_AGENT + " " + type, SpanKind.INTERNAL, attributes.build(), span -> {
            var run = new RunSpan(span);
            return events.doOnNext(run::on)
                    .doOnError(AgentException.class, error -> Tracing.failed(span, error.code()));
        });
    }

    private void on(RunEvent event) {
        switch (event) {
            case RunEvent.Usage step -> count(step.tokens());
            case RunEvent.Done done ->
                span.setAttribute(
                        GenAi.FINISH_REASONS, List.of(done.reason().name().toLowerCase(Locale.ROOT)));
            case RunEvent.Failed failed -> Tracing.failed(span, failed.error().code());
            default -> {}
        }
    }

    private void count(TokenUsage step) {
        usage = usage.plus(step);
        span.setAttribute(GenAi.INPUT_TOKENS, usage.prompt());
        span.setAttribute(GenAi.OUTPUT_TOKENS, usage.completion());
    }
}
