package io.agentrouter.runtime.demo;

import io.agentrouter.runtime.agent.Agent;
import io.agentrouter.runtime.agent.AgentException;
import io.agentrouter.runtime.agent.AgentRun;
import io.agentrouter.runtime.agent.FinishReason;
import io.agentrouter.runtime.agent.Message;
import io.agentrouter.runtime.agent.RunEvent.Citation;
import io.agentrouter.runtime.agent.RunInput;
import io.agentrouter.runtime.agent.Step;
import io.agentrouter.runtime.agent.StepResult;
import io.agentrouter.runtime.agent.Tool;
import io.agentrouter.runtime.agent.ToolOutput;
import io.agentrouter.runtime.agent.ToolRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Mono;

/** Does what the question's first word says, so that a test can steer it from outside. */
final class DemoAgent implements Agent {

    final AtomicInteger begun = new AtomicInteger();
    final AtomicInteger closed = new AtomicInteger();
    final AtomicInteger waiting = new AtomicInteger();
    final AtomicInteger cancelled = new AtomicInteger();

    @Override
    public Mono<AgentRun> begin(RunInput input) {
        if (input.messages().getLast() instanceof Message.User(String question) && question.startsWith("unready")) {
            return Mono.error(new AgentException(503, "documents_indexing", null, "Try again."));
        }
        begun.incrementAndGet();
        return Mono.just(new DemoRun(input, this));
    }

    private Mono<ToolOutput> endless() {
        return Mono.<ToolOutput>never()
                .doOnSubscribe(begun -> waiting.incrementAndGet())
                .doOnCancel(cancelled::incrementAndGet);
    }

    private record DemoRun(RunInput input, DemoAgent counters) implements AgentRun {

        private static final Step STOP = new Step.Finish(FinishReason.STOP);

        @Override
        public Mono<Step> next(List<StepResult> results) {
            String question = ((Message.User) input.messages().getLast()).text();
            return switch (question.replaceFirst(" .*", "")) {
                case "say" -> sequence(results, new Step.Say(question.substring(4), List.of()));
                case "cite" ->
                    sequence(
                            results,
                            new Step.Say(
                                    "Sixteen [1] of them [2].",
                                    List.of(
                                            new Citation(1, "docs/a.md", "Slots", "sixteen"),
                                            new Citation(2, "b.txt", "", "of them"))));
                case "ask" -> sequence(results, new Step.ModelTurn(input.messages(), List.of()));
                case "ask-twice" ->
                    sequence(
                            results,
                            new Step.ModelTurn(input.messages(), List.of()),
                            new Step.ModelTurn(input.messages(), List.of()));
                case "hurry" ->
                    sequence(
                            results,
                            new Step.ModelTurn(
                                    input.messages(),
                                    List.of(),
                                    Instant.now().plusMillis(Long.parseLong(question.substring(6)))),
                            new Step.Say(", then " + results, List.of()));
                case "tool" -> sequence(results, tool(Mono.just(new ToolOutput("4 files", false))));
                case "wait" -> sequence(results, tool(counters.endless()));
                case "work" -> work(results);
                case "pause" -> Mono.just(STOP).delaySubscription(Duration.ofMillis(400));
                case "doze" -> Mono.just(STOP).delaySubscription(Duration.ofSeconds(3));
                case "files" -> sequence(results, new Step.Say(files(), List.of()));
                case "history" -> sequence(results, new Step.Say(history(), List.of()));
                case "refuse" ->
                    Mono.error(new AgentException(400, "invalid_request", "messages", "Ask something else."));
                case "break" -> throw new IllegalStateException("a secret detail");
                case "say-and-break" ->
                    results.isEmpty()
                            ? Mono.just(new Step.Say("half", List.of()))
                            : Mono.error(new IllegalStateException("a secret detail"));
                case "How" -> sequence(results, new Step.Say("I only do as I am told.", List.of()));
                default -> Mono.empty();
            };
        }

        @Override
        public Mono<Void> close() {
            return Mono.fromRunnable(counters.closed::incrementAndGet);
        }

        private static Mono<Step> sequence(List<StepResult> results, Step... steps) {
            return Mono.just(results.size() < steps.length ? steps[results.size()] : STOP);
        }

        private static Step tool(Mono<ToolOutput> output) {
            return new Step.ToolCall(list(output), new ToolRequest("call_1", "list", "{}"));
        }

        private static Tool list(Mono<ToolOutput> output) {
            return new Tool("list", "Lists files", "{\"type\":\"object\",\"properties\":{}}", arguments -> output);
        }

        /** Asks the model, calls the tool that it asks for, and so on until it asks for none. */
        private Mono<Step> work(List<StepResult> results) {
            Tool list = list(Mono.just(new ToolOutput("4 files", false)));
            if (results.isEmpty() || results.getLast() instanceof StepResult.ToolAnswer) {
                return Mono.just(new Step.ModelTurn(transcript(results), List.of(list)));
            }
            return Mono.just(
                    results.getLast() instanceof StepResult.ModelAnswer answer
                                    && !answer.toolRequests().isEmpty()
                            ? new Step.ToolCall(list, answer.toolRequests().getFirst())
                            : STOP);
        }

        private List<Message> transcript(List<StepResult> results) {
            List<Message> all = new ArrayList<>(input.messages());
            for (StepResult result : results) {
                if (result instanceof StepResult.ModelAnswer answer) {
                    all.add(new Message.Assistant(answer.text(), answer.toolRequests()));
                } else if (result instanceof StepResult.ToolAnswer answer) {
                    all.add(new Message.ToolResult(
                            answer.request(), answer.output().text()));
                }
            }
            return all;
        }

        private String files() {
            return input.files().stream()
                    .map(file -> file.name() + "=" + file.content().length)
                    .toList()
                    .toString();
        }

        private String history() {
            return input.messages().toString();
        }
    }
}
