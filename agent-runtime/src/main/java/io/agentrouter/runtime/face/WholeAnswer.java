package io.agentrouter.runtime.face;

import io.agentrouter.runtime.agent.AgentException;
import io.agentrouter.runtime.agent.FinishReason;
import io.agentrouter.runtime.agent.RunEvent;

/** Gathers a run's events into one answer. */
final class WholeAnswer {

    private final Answer answer = new Answer();
    private Envelope envelope;
    private FinishReason reason = FinishReason.STOP;

    WholeAnswer(Envelope envelope) {
        this.envelope = envelope;
    }

    /** Takes an event in; throws {@link RunFailed} when the run did, or its failure alone when its work had not begun. */
    WholeAnswer on(RunEvent event) {
        switch (event) {
            case RunEvent.Started started -> envelope = envelope.in(started.mode());
            case RunEvent.TextDelta delta -> answer.say(delta.text());
            case RunEvent.Citation citation -> answer.cite(citation);
            case RunEvent.Usage usage -> answer.use(usage.tokens());
            case RunEvent.Done done -> reason = done.reason();
            case RunEvent.Failed failed -> throw failed.begun() ? new RunFailed(failed.error()) : failed.error();
            case RunEvent.ToolCalled call -> {}
            case RunEvent.ToolReturned result -> {}
        }
        return this;
    }

    ChatCompletion completion() {
        return envelope.completion(answer, reason);
    }

    /** Told apart from a refusal, since what has begun must not be sent again. */
    static final class RunFailed extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final AgentException failure;

        RunFailed(AgentException failure) {
            super(failure);
            this.failure = failure;
        }

        AgentException failure() {
            return failure;
        }
    }
}
