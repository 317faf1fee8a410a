package io.agentrouter.qa.answer;

import io.agentrouter.runtime.agent.Agent;
import io.agentrouter.runtime.agent.AgentException;
import io.agentrouter.runtime.agent.AgentRun;
import io.agentrouter.runtime.agent.Message;
import io.agentrouter.runtime.agent.RunInput;
import java.util.Optional;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Answers questions over the documents of the present index, with citations. */
public final class QaAgent implements Agent {

    private final Retriever retriever;
    private final Extractor extractor;
    private final Scheduler scheduler;

    /**
     * An agent over a retriever.
     *
     * @param scheduler bounded, for what takes CPU: embedding and search
     */
    public QaAgent(Retriever retriever, Extractor extractor, Scheduler scheduler) {
        this.retriever = retriever;
        this.extractor = extractor;
        this.scheduler = scheduler;
    }

    @Override
    public Mono<AgentRun> begin(RunInput input) {
        return Mono.fromCallable(() -> retriever.retrieve(question(input)))
                .subscribeOn(scheduler)
                .map(found -> found.orElseThrow(QaAgent::indexing))
                .map(found -> new QaRun(input, found, extract(found)));
    }

    private Mono<Answer> extract(Retrieved retrieved) {
        return Mono.fromCallable(() -> ExtractiveAnswer.of(extractor.rank(retrieved)))
                .subscribeOn(scheduler);
    }

    private static Question question(RunInput input) {
        if (!input.files().isEmpty()) {
            throw invalid("This agent reads no attached files; put documents into the folder that qa.documents names.");
        }
        Optional<Question> question =
                input.messages().isEmpty() || !(input.messages().getLast() instanceof Message.User)
                        ? Optional.empty()
                        : Optional.of(Question.in(input.messages()));
        return question.filter(asked -> !asked.text().isEmpty())
                .orElseThrow(() -> invalid("The last message must be a user's, with a question in it."));
    }

    private static AgentException invalid(String message) {
        return new AgentException(400, "invalid_request", "messages", message);
    }

    private static AgentException indexing() {
        return new AgentException(
                503, "documents_indexing", null, "The documents are being indexed for the first time; try again soon.");
    }
}
