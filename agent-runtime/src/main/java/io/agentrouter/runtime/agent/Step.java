package io.agentrouter.runtime.agent;

import java.util.List;

/** What a run does next. */
public sealed interface Step {

    /** Asks the model; its text is streamed to the client, its tool requests come back in {@link StepResult.ModelAnswer}. */
    record ModelTurn(List<Message> messages, List<Tool> tools) implements Step {
        public ModelTurn {
            messages = List.copyOf(messages);
            tools = List.copyOf(tools);
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
