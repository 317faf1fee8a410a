package io.agentrouter.runtime.run;

import io.agentrouter.runtime.AgentProperties;
import io.agentrouter.runtime.agent.Agent;
import io.agentrouter.runtime.agent.AgentException;
import io.agentrouter.runtime.agent.AgentRun;
import io.agentrouter.runtime.agent.Message;
import io.agentrouter.runtime.agent.RunEvent;
import io.agentrouter.runtime.agent.RunInput;
import io.agentrouter.runtime.agent.RunInput.Limits;
import io.agentrouter.runtime.deadline.Deadline;
import io.agentrouter.runtime.memory.ConversationTurn;
import io.agentrouter.runtime.memory.Conversations;
import io.agentrouter.runtime.model.Model;
import io.agentrouter.runtime.slots.Slots;
import io.agentrouter.runtime.trace.Tracing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Starts runs and drives them to their end. */
public final class Runs {

    private static final Logger log = LoggerFactory.getLogger(Runs.class);

    private final AgentProperties properties;
    private final Slots slots;
    private final Agent agent;
    private final Model model;
    private final Conversations conversations;
    private final Tracing tracing;

    Runs(
            AgentProperties properties,
            Slots slots,
            Agent agent,
            Model model,
            Conversations conversations,
            Tracing tracing) {
        this.properties = properties;
        this.slots = slots;
        this.agent = agent;
        this.model = model;
        this.conversations = conversations;
        this.tracing = tracing;
    }

    /**
     * Takes a slot, before anything of the request is read. The caller closes the lease, whatever ends the exchange.
     *
     * @return the lease; or an {@link AgentException} {@code agent_busy} or {@code agent_draining}
     */
    public Mono<Lease> admit() {
        return Mono.fromSupplier(() -> new Lease(slots.acquire()));
    }

    /**
     * Starts a run; cancelling the subscription cancels it, its model call and its tools.
     *
     * @return {@link RunEvent.Started} first, {@link RunEvent.Done} or {@link RunEvent.Failed} last; an error instead of
     *     a first event means that nothing has begun
     */
    public Flux<RunEvent> start(Lease lease, RunRequest request) {
        return RunSpan.around(tracing, properties.type(), request, events(lease, request));
    }

    private Flux<RunEvent> events(Lease lease, RunRequest request) {
        Instant deadline = deadline(request);
        return Mono.fromSupplier(model::mode)
                .flatMapMany(mode -> openTurn(lease, request).flatMapMany(turn -> {
                    RunInput input = new RunInput(
                            request.id(),
                            request.tenant(),
                            request.conversation(),
                            withRemembered(turn.remembered(), request.messages()),
                            request.files(),
                            new Limits(allowance(request), deadline),
                            mode);
                    var begun = new AtomicBoolean();
                    return Flux.just((RunEvent) new RunEvent.Started(mode))
                            .concatWith(steps(lease, input, request, turn, begun)
                                    .onErrorResume(e -> Flux.just(failed(e, begun.get()))));
                }));
    }

    private Mono<ConversationTurn> openTurn(Lease lease, RunRequest request) {
        String conversation = request.conversation();
        if (conversation == null) {
            return Mono.just(NoConversation.TURN);
        }
        return conversations
                .open(request.tenant(), properties.type(), conversation)
                .doOnNext(turn -> lease.hold(turn.release()));
    }

    private Flux<RunEvent> steps(
            Lease lease, RunInput input, RunRequest request, ConversationTurn turn, AtomicBoolean begun) {
        Flux<RunEvent> events = Mono.defer(() -> agent.begin(input))
                .subscribeOn(Schedulers.boundedElastic())
                .doOnDiscard(AgentRun.class, run -> lease.hold(Mono.defer(run::close)))
                .doOnNext(run -> {
                    lease.hold(Mono.defer(run::close));
                    begun.set(true);
                })
                .flatMapMany(run ->
                        new Execution(run, model, request.options(), input.limits(), turn, tracing).events(request));
        Duration left = Duration.between(Instant.now(), input.limits().deadline());
        return Deadline.of(events, left, () -> timedOut(left));
    }

    private Instant deadline(RunRequest request) {
        Instant own = Instant.now().plus(properties.answerTimeout());
        Instant callers = request.deadline();
        return callers == null || own.isBefore(callers) ? own : callers;
    }

    private long allowance(RunRequest request) {
        Long asked = request.completionTokens();
        return asked == null ? properties.tokenAllowance() : Math.min(asked, properties.tokenAllowance());
    }

    /** Instructions stay in front of what is remembered. */
    private static List<Message> withRemembered(List<Message> remembered, List<Message> said) {
        if (remembered.isEmpty()) {
            return said;
        }
        List<Message> all = new ArrayList<>();
        said.stream().filter(Message.Instructions.class::isInstance).forEach(all::add);
        all.addAll(remembered);
        said.stream().filter(m -> !(m instanceof Message.Instructions)).forEach(all::add);
        return all;
    }

    private static AgentException timedOut(Duration time) {
        return new AgentException(
                504,
                "run_timeout",
                null,
                "The run was stopped after %d s, all the time that it had: ask for less at once."
                        .formatted(time.toSeconds()));
    }

    private static RunEvent failed(Throwable error, boolean begun) {
        if (error instanceof AgentException e) {
            return new RunEvent.Failed(e, begun);
        }
        log.error("A run failed", error);
        return new RunEvent.Failed(
                new AgentException(500, "internal", null, "The run failed by a defect: report its request id."), begun);
    }
}
