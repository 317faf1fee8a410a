package io.agentrouter.runtime.run;

import io.agentrouter.runtime.agent.AgentException;
import io.agentrouter.runtime.agent.AgentRun;
import io.agentrouter.runtime.agent.FinishReason;
import io.agentrouter.runtime.agent.Message;
import io.agentrouter.runtime.agent.RunEvent;
import io.agentrouter.runtime.agent.RunInput.Limits;
import io.agentrouter.runtime.agent.Step;
import io.agentrouter.runtime.agent.StepResult;
import io.agentrouter.runtime.agent.StepResult.ModelAnswer;
import io.agentrouter.runtime.agent.TokenEstimate;
import io.agentrouter.runtime.agent.TokenUsage;
import io.agentrouter.runtime.agent.ToolRequest;
import io.agentrouter.runtime.memory.ConversationTurn;
import io.agentrouter.runtime.model.Model;
import io.agentrouter.runtime.model.ModelEvent;
import io.agentrouter.runtime.model.ModelOptions;
import io.agentrouter.runtime.model.ModelRequest;
import io.agentrouter.runtime.trace.GenAi;
import io.agentrouter.runtime.trace.Tracing;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.semconv.ErrorAttributes.ErrorTypeValues;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** One run's loop: asks for a step, performs it, records its result. Signals come one after the other, so plain fields do. */
final class Execution {

    private static final String EXECUTE_TOOL = "execute_tool";

    private final AgentRun run;
    private final Model model;
    private final ModelOptions options;
    private final ConversationTurn turn;
    private final Tracing tracing;
    private final List<StepResult> results = new ArrayList<>();
    private final StringBuilder said = new StringBuilder();
    private long tokensLeft;
    private boolean newParagraph;
    private boolean finished;

    Execution(AgentRun run, Model model, ModelOptions options, Limits limits, ConversationTurn turn, Tracing tracing) {
        this.run = run;
        this.model = model;
        this.options = options;
        this.turn = turn;
        this.tracing = tracing;
        this.tokensLeft = limits.completionTokens();
    }

    /** The run's events up to {@link RunEvent.Done}; a failure is an error. */
    Flux<RunEvent> events(RunRequest request) {
        return nextStep().flatMapMany(step -> perform(step, request)).repeat(() -> !finished);
    }

    /** Off the event loop, since an agent may compute its next step. */
    private Mono<Step> nextStep() {
        return Mono.defer(() -> run.next(List.copyOf(results)))
                .switchIfEmpty(Mono.error(() -> new IllegalStateException("The agent gave no next step")))
                .subscribeOn(Schedulers.boundedElastic());
    }

    private Flux<RunEvent> perform(Step step, RunRequest request) {
        return switch (step) {
            case Step.ModelTurn ask -> tokensLeft > 0 ? ask(ask) : finish(FinishReason.LENGTH, request);
            case Step.ToolCall call -> call(call);
            case Step.Say say -> say(say);
            case Step.Finish finish -> finish(finish.reason(), request);
        };
    }

    private Flux<RunEvent> ask(Step.ModelTurn ask) {
        int bound = (int) Math.min(tokensLeft, Integer.MAX_VALUE);
        int before = results.size();
        int begin = said.length();
        return until(
                        ask.until(),
                        model.turn(new ModelRequest(ask.messages(), ask.tools(), options.withMaxTokens(bound))))
                .map(event -> switch (event) {
                    case ModelEvent.TextDelta delta -> delta(delta.text());
                    case ModelEvent.Answered answered -> answered(answered.answer());
                })
                .concatWith(Mono.defer(() -> results.size() > before ? Mono.empty() : cutOff(ask, begin, null)))
                .onErrorResume(
                        AgentException.class,
                        failure -> ask.until() == null ? Mono.error(failure) : cutOff(ask, begin, failure));
    }

    private static <T> Flux<T> until(@Nullable Instant end, Flux<T> events) {
        return end == null ? events : events.takeUntilOther(Mono.delay(Duration.between(Instant.now(), end)));
    }

    private Mono<RunEvent> cutOff(Step.ModelTurn ask, int begin, @Nullable AgentException failure) {
        String text = said.substring(begin).strip();
        TokenUsage usage = new TokenUsage(TokenEstimate.of(ask.messages()), TokenEstimate.of(text));
        results.add(new StepResult.ModelCutOff(text, usage, failure));
        return Mono.just(counted(usage));
    }

    private RunEvent answered(ModelAnswer answer) {
        results.add(answer);
        return counted(answer.usage());
    }

    private RunEvent counted(TokenUsage usage) {
        tokensLeft -= usage.completion();
        newParagraph = !said.isEmpty();
        return new RunEvent.Usage(usage);
    }

    private Flux<RunEvent> call(Step.ToolCall call) {
        Mono<RunEvent> output = Mono.defer(
                        () -> call.tool().execute().apply(call.request().arguments()))
                .subscribeOn(Schedulers.boundedElastic())
                .switchIfEmpty(Mono.error(() -> new IllegalStateException("A tool returned nothing")))
                .map(result -> {
                    results.add(new StepResult.ToolAnswer(call.request(), result));
                    return new RunEvent.ToolReturned(call.request(), result);
                });
        return Flux.concat(Mono.just(new RunEvent.ToolCalled(call.request())), traced(call.request(), output));
    }

    private Flux<RunEvent> traced(ToolRequest tool, Mono<RunEvent> output) {
        Attributes attributes = Attributes.of(
                GenAi.OPERATION,
                EXECUTE_TOOL,
                GenAi.TOOL,
                tool.name(),
                GenAi.TOOL_CALL,
                tool.id(),
                GenAi.TOOL_TYPE,
                "function");
        return tracing.around(
                EXECUTE_TOOL + " " + tool.name(),
                SpanKind.INTERNAL,
                attributes,
                span -> output.flux()
                        .doOnNext(event -> {
                            if (event instanceof RunEvent.ToolReturned returned
                                    && returned.output().failed()) {
                                Tracing.failed(span, ErrorTypeValues.OTHER);
                            }
                        })
                        .doOnError(
                                error -> Tracing.failed(span, error.getClass().getName())));
    }

    private Flux<RunEvent> say(Step.Say say) {
        results.add(new StepResult.Said(say.text()));
        Flux<RunEvent> text = say.text().isEmpty() ? Flux.empty() : Flux.just(text(say.text()));
        return text.concatWith(Flux.fromIterable(say.citations()));
    }

    /** Remembered before it is done: who read that an answer is complete finds it in the next turn, or else reads an error. */
    private Flux<RunEvent> finish(FinishReason reason, RunRequest request) {
        finished = true;
        List<Message> whole = new ArrayList<>(request.messages());
        whole.add(new Message.Assistant(said.toString(), List.of()));
        return turn.append(whole).thenMany(Flux.just(new RunEvent.Done(reason)));
    }

    /** What a later turn says does not run into what an earlier one said. */
    private RunEvent delta(String text) {
        String gap = newParagraph ? "\n\n" : "";
        newParagraph = false;
        return text(gap + text);
    }

    private RunEvent text(String text) {
        said.append(text);
        return new RunEvent.TextDelta(text);
    }
}
