package io.agentrouter.runtime.agent;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a run does next. */
public sealed interface Step {

    /**
     * Asks the model; its text is streamed to the client, its tool requests come back in {@link StepResult.ModelAnswer}.
     *
     * @param until when the turn is given up; then, and when the model fails, it ends as {@link StepResult.ModelCutOff}, so
     *     that the agent may still use what it has; null to wait as long as the run may take, and to fail with the model
     */
    record ModelTurn(
            List<Message> messages,
            List<Tool> tools,
            @Nullable Instant until) implements Step {
        public ModelTurn {
            messages = List.copyOf(messages);
            tools = List.copyOf(tools);
        }

        public ModelTurn(List<Message> messages, List<Tool> tools) {
            this(messages, tools, null);
        }
    }

    /** Calls one tool; the client sees the call and its result as events. */
    record ToolCall(Tool tool, ToolRequest request) implements Step {}

    /** Sends text of the agent's own making, and the citations behind it, to the client. */
    record Say(String text, List<RunEvent.Citation> citations) implements Step {
        public Say {
            citations = List.copyOf(citations);
        }
    }

    /** Ends the run. */
    record Finish(FinishReason reason) implements Step {}
}
