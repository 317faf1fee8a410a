package io.agentrouter.runtime.agent;

import java.util.List;

/** What a step left behind. */
public sealed interface StepResult {

    /** The whole of a model turn: its text (may be empty), the tools it asks for, and why it stopped. */
    record ModelAnswer(String text, List<ToolRequest> toolRequests, FinishReason reason, TokenUsage usage)
            implements StepResult {
        public ModelAnswer {
            toolRequests = List.copyOf(toolRequests);
        }
    }

    /** A model turn that its own deadline ended: the text that came until then, with its estimated usage. */
    record ModelTimedOut(String text, TokenUsage usage) implements StepResult {}

    /** What a tool returned. */
    record ToolAnswer(ToolRequest request, ToolOutput output) implements StepResult {}

    /** What the agent said itself. */
    record Said(String text) implements StepResult {}
}
