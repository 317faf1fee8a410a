package io.agentrouter.coding;

import io.agentrouter.runtime.agent.AgentRun;
import io.agentrouter.runtime.agent.Step;
import io.agentrouter.runtime.agent.StepResult;
import io.agentrouter.runtime.agent.StepResult.ModelAnswer;
import io.agentrouter.runtime.agent.StepResult.Said;
import io.agentrouter.runtime.agent.StepResult.ToolAnswer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Performs a run's steps as the runtime does, and keeps what they left behind. */
final class Driver {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final AgentRun run;
    private final Function<Step.ModelTurn, ModelAnswer> model;
    private final List<StepResult> results = new ArrayList<>();

    Driver(AgentRun run, Function<Step.ModelTurn, ModelAnswer> model) {
        this.run = run;
        this.model = model;
    }

    Driver toTheEnd() {
        while (true) {
            Step step = run.next(List.copyOf(results)).blockOptional(PATIENCE).orElseThrow();
            switch (step) {
                case Step.ModelTurn turn -> results.add(model.apply(turn));
                case Step.ToolCall call ->
                    results.add(new ToolAnswer(
                            call.request(),
                            call.tool()
                                    .execute()
                                    .apply(call.request().arguments())
                                    .blockOptional(PATIENCE)
                                    .orElseThrow()));
                case Step.Say say -> results.add(new Said(say.text()));
                case Step.Finish finish -> {
                    run.close().block(PATIENCE);
                    return this;
                }
            }
        }
    }

    /** What the agent said of its own accord. */
    String said() {
        StringBuilder text = new StringBuilder();
        results.stream().filter(Said.class::isInstance).forEach(said -> text.append(((Said) said).text()));
        return text.toString();
    }

    List<ToolAnswer> toolAnswers() {
        return results.stream()
                .filter(ToolAnswer.class::isInstance)
                .map(ToolAnswer.class::cast)
                .toList();
    }
}
