package io.agentrouter.qa.answer;

import io.agentrouter.runtime.agent.AgentRun;
import io.agentrouter.runtime.agent.FinishReason;
import io.agentrouter.runtime.agent.RunEvent.Citation;
import io.agentrouter.runtime.agent.RunInput;
import io.agentrouter.runtime.agent.RunInput.ModelMode;
import io.agentrouter.runtime.agent.Step;
import io.agentrouter.runtime.agent.StepResult;
import io.agentrouter.runtime.agent.StepResult.ModelAnswer;
import java.util.List;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** One question: with a model, ask it and then name the passages it used; without, say what the documents say. */
final class QaRun implements AgentRun {

    private final RunInput input;
    private final Retrieved retrieved;
    /** The answer without a model, worked out when it is asked for. */
    private final Mono<Answer> extracted;

    QaRun(RunInput input, Retrieved retrieved, Mono<Answer> extracted) {
        this.input = input;
        this.retrieved = retrieved;
        this.extracted = extracted;
    }

    @Override
    public Mono<Step> next(List<StepResult> results) {
        if (results.isEmpty()) {
            return input.modelMode() == ModelMode.LIVE && !retrieved.hits().isEmpty()
                    ? Mono.just(askModel())
                    : extracted.map(QaRun::say);
        }
        if (results.size() == 1 && results.getFirst() instanceof ModelAnswer answer) {
            List<Citation> cited = CitedPassages.in(answer.text(), retrieved);
            return Mono.just(cited.isEmpty() ? new Step.Finish(answer.reason()) : new Step.Say("", cited));
        }
        return Mono.just(new Step.Finish(
                results.getFirst() instanceof ModelAnswer answer ? answer.reason() : FinishReason.STOP));
    }

    private Step askModel() {
        String mark = UUID.randomUUID().toString();
        return new Step.ModelTurn(Prompt.of(input.messages(), retrieved.hits(), mark), List.of());
    }

    private static Step say(Answer answer) {
        return new Step.Say(answer.text(), answer.citations());
    }
}
