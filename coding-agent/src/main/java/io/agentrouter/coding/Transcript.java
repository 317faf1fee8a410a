package io.agentrouter.coding;

import io.agentrouter.coding.tool.ExecTool;
import io.agentrouter.runtime.agent.FinishReason;
import io.agentrouter.runtime.agent.Message;
import io.agentrouter.runtime.agent.StepResult;
import io.agentrouter.runtime.agent.StepResult.ModelAnswer;
import io.agentrouter.runtime.agent.StepResult.ModelCutOff;
import io.agentrouter.runtime.agent.StepResult.ToolAnswer;
import io.agentrouter.runtime.agent.ToolRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What happened in a run so far, as the model is told it. */
record Transcript(List<StepResult> results, CodingProperties.Turns limits) {

    private static final String DROPPED = "[left out, since it is long ago: call the tool again if it still matters]";

    private static final Set<String> WORK = Set.of("write", "edit", ExecTool.NAME);

    /** The tool call that the model asked for and that is not yet answered. */
    Optional<ToolRequest> pending() {
        int last = lastTurn();
        if (last < 0) {
            return Optional.empty();
        }
        List<ToolRequest> requests = requests((ModelAnswer) results.get(last));
        int answered = results.size() - last - 1;
        return answered < requests.size() ? Optional.of(requests.get(answered)) : Optional.empty();
    }

    /** Whether the model has said its last words: it called no tool, or had none to call. */
    boolean explained() {
        return !results.isEmpty()
                && results.getLast() instanceof ModelAnswer answer
                && (answer.toolRequests().isEmpty() || !cutBefore().isEmpty());
    }

    /** The last turn, if the model did not come to its end. */
    Optional<ModelCutOff> cutOff() {
        return !results.isEmpty() && results.getLast() instanceof ModelCutOff cut ? Optional.of(cut) : Optional.empty();
    }

    /** Whether something was done that is worth a report: files were changed, or commands run. */
    boolean worked() {
        return results.stream()
                .anyMatch(result -> result instanceof ToolAnswer answer
                        && WORK.contains(answer.request().name())
                        && !answer.output().failed());
    }

    /** Why the last turn so far had to be the last; empty if it had not. */
    String cutBefore() {
        int last = lastTurn();
        return last < 0 ? "" : new Transcript(results.subList(0, last), limits).lastBecause();
    }

    /** Why the next model turn has to be the last; empty if it has not. */
    String lastBecause() {
        if (turns().count() >= limits.max() - 1) {
            return "The model was stopped after %d turns, the most of one run: what it did may be unfinished."
                    .formatted(limits.max());
        }
        return failuresInARow() < limits.maxFailures()
                ? ""
                : "The model was stopped after %d tool calls in a row that failed: what it did may be unfinished."
                        .formatted(limits.maxFailures());
    }

    /** Tokens that the model wrote. */
    long tokens() {
        return turns().mapToLong(turn -> turn.usage().completion()).sum();
    }

    /** Why the model ended its last turn. */
    FinishReason reason() {
        FinishReason reason = turns().map(ModelAnswer::reason).reduce(FinishReason.STOP, (first, second) -> second);
        return reason == FinishReason.TOOL_CALLS ? FinishReason.STOP : reason;
    }

    private Stream<ModelAnswer> turns() {
        return results.stream().filter(ModelAnswer.class::isInstance).map(ModelAnswer.class::cast);
    }

    private int failuresInARow() {
        int failures = 0;
        for (StepResult result : results) {
            if (result instanceof ToolAnswer answer) {
                failures = answer.output().failed() ? failures + 1 : 0;
            }
        }
        return failures;
    }

    /** The last turn's beginning, or -1. */
    private int lastTurn() {
        for (int i = results.size() - 1; i >= 0; i--) {
            if (results.get(i) instanceof ModelAnswer) {
                return i;
            }
        }
        return -1;
    }

    private List<ToolRequest> requests(ModelAnswer answer) {
        return answer.toolRequests().stream().limit(limits.maxCalls()).toList();
    }

    /** Oldest first; old tool results make room for new ones. */
    List<Message> messages() {
        List<Message> newestFirst = new ArrayList<>();
        long room = limits.maxContext();
        for (StepResult result : results.reversed()) {
            switch (result) {
                case ModelAnswer answer -> newestFirst.add(new Message.Assistant(answer.text(), requests(answer)));
                case ToolAnswer answer -> {
                    room -= answer.output().text().length();
                    String text = room < 0 ? DROPPED : answer.output().text();
                    newestFirst.add(new Message.ToolResult(answer.request(), text));
                }
                case ModelCutOff cut -> newestFirst.add(new Message.Assistant(cut.text(), List.of()));
                case StepResult.Said said -> newestFirst.add(new Message.Assistant(said.text(), List.of()));
            }
        }
        Collections.reverse(newestFirst);
        return newestFirst;
    }
}
