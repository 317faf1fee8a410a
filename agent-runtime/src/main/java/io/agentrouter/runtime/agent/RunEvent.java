package io.agentrouter.runtime.agent;

/** What happens in a run, in order, as the faces and later the run log see it. */
public sealed interface RunEvent {

    /** The run has its slot and its conversation; what fails from now on is {@link Failed}. Always first. */
    record Started(RunInput.ModelMode mode) implements RunEvent {}

    record TextDelta(String text) implements RunEvent {}

    record ToolCalled(ToolRequest request) implements RunEvent {}

    record ToolReturned(ToolRequest request, ToolOutput output) implements RunEvent {}

    /**
     * A passage that an answer rests on. The faces write the list of sources under the answer, so the agent does not.
     *
     * @param number what the text refers to it by, as in {@code [2]}; unique in the run
     * @param source the file, relative to the folder of documents
     * @param heading the heading above the passage, empty if there is none
     * @param quote the passage's own words
     */
    record Citation(int number, String source, String heading, String quote) implements RunEvent {}

    /** Tokens used by one step; a run's usage is the sum. */
    record Usage(TokenUsage tokens) implements RunEvent {}

    record Done(FinishReason reason) implements RunEvent {}

    /**
     * The run failed; nothing follows.
     *
     * @param begun whether its work had begun, which must then not be done again unasked
     */
    record Failed(AgentException error, boolean begun) implements RunEvent {}
}
