package io.agentrouter.coding;

import io.agentrouter.runtime.agent.AgentException;
import io.agentrouter.runtime.agent.AgentRun;
import io.agentrouter.runtime.agent.FinishReason;
import io.agentrouter.runtime.agent.Message;
import io.agentrouter.runtime.agent.RunInput;
import io.agentrouter.runtime.agent.Step;
import io.agentrouter.runtime.agent.StepResult;
import io.agentrouter.runtime.agent.StepResult.Said;
import io.agentrouter.runtime.agent.Tool;
import io.agentrouter.runtime.agent.ToolOutput;
import io.agentrouter.runtime.agent.ToolRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** A run with a model: it calls tools until it has an explanation; the diff and what the commands printed follow. */
final class ModelRun implements AgentRun {

    private static final String LAST =
            "You may call no more tools in this run. Say what you changed, and what is left to do.";

    // Commands are stopped at whole seconds, so less than one may be left after a command that took all the time.
    private static final Duration LEAST = Duration.ofSeconds(1);

    private final RunInput input;
    private final Session session;
    private final CodingProperties.Turns limits;
    private final Message instructions;
    private final Report report;
    private final Mono<Void> end;

    ModelRun(
            RunInput input,
            Session session,
            CodingProperties.Turns limits,
            Message instructions,
            Report report,
            Mono<Void> end) {
        this.input = input;
        this.session = session;
        this.limits = limits;
        this.instructions = instructions;
        this.report = report;
        this.end = end;
    }

    @Override
    public Mono<Step> next(List<StepResult> results) {
        boolean reported = !results.isEmpty() && results.getLast() instanceof Said;
        Transcript transcript = new Transcript(reported ? results.subList(0, results.size() - 1) : results, limits);
        String cut = transcript.explained() ? transcript.cutBefore() : exhausted(transcript);
        if (reported) {
            return Mono.just(new Step.Finish(cut.isEmpty() ? transcript.reason() : FinishReason.LENGTH));
        }
        if (transcript.explained() || !cut.isEmpty()) {
            return report.ofChanges(session, results, cut).map(text -> new Step.Say(text, List.of()));
        }
        return Mono.just(transcript
                .pending()
                .<Step>map(request -> new Step.ToolCall(tool(request), request))
                .orElseGet(() -> turn(transcript)));
    }

    /** Why the model cannot be asked even for its last words, or did not come to them; empty if it can. */
    private String exhausted(Transcript transcript) {
        long allowance = input.limits().completionTokens();
        if (transcript.tokens() >= allowance) {
            return "The model was stopped after the %d tokens that it may write in one run. What it did so far follows."
                    .formatted(allowance);
        }
        if (transcript.cutOff().isPresent()) {
            return cutOff(transcript.cutOff().get().failure());
        }
        return Instant.now().plus(LEAST).isBefore(session.workEnds()) ? "" : cutOff(null);
    }

    private static String cutOff(@Nullable AgentException failure) {
        String why = failure == null
                ? "The run was stopped, since its time is nearly over."
                : "The run was stopped, since the model failed: " + failure.getMessage();
        return why + " What was done so far follows.";
    }

    private Step turn(Transcript transcript) {
        List<Message> messages = new ArrayList<>();
        messages.add(instructions);
        messages.addAll(input.messages());
        messages.addAll(transcript.messages());
        // Without any work there is nothing to report: the model may take all the time that there is, and fail the run.
        Instant until = transcript.worked() ? session.workEnds() : null;
        if (!transcript.lastBecause().isEmpty()) {
            messages.add(new Message.User(LAST));
            return new Step.ModelTurn(messages, List.of(), until);
        }
        return new Step.ModelTurn(messages, session.tools(), until);
    }

    private Tool tool(ToolRequest request) {
        return session.tools().stream()
                .filter(tool -> tool.name().equals(request.name()))
                .findFirst()
                .orElseGet(() -> unknown(request.name()));
    }

    private Tool unknown(String name) {
        String known = session.tools().stream().map(Tool::name).collect(Collectors.joining(", "));
        ToolOutput output = new ToolOutput("There is no such tool. There are: " + known + ".", true);
        return new Tool(name, "", "{}", arguments -> Mono.just(output));
    }

    @Override
    public Mono<Void> close() {
        return end;
    }
}
