package io.agentrouter.runtime.agent;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a step left behind. */
public sealed interface StepResult {

    /** The whole of a model turn: its text (may be empty), the tools it asks for, and why it stopped. */
    record ModelAnswer(String text, List<ToolRequest> toolRequests, FinishReason reason, TokenUsage usage)
            implements StepResult {
        public ModelAnswer {
            toolRequests = List.copyOf(toolRequests);
        }
    }

    /**
     * A model turn that was not ended by the model: the text that came until then, with its estimated usage.
     *
     * @param failure of the model; null when the turn's own deadline was over
     */
    record ModelCutOff(
            String text, TokenUsage usage, @Nullable AgentException failure) implements StepResult {}

    /** What a tool returned. */
    record ToolAnswer(ToolRequest request, ToolOutput output) implements StepResult {}

    /** What the agent said itself. */
    record Said(String text) implements StepResult {}
}
