package io.agentrouter.runtime.agent;

/** Why an answer ended, in OpenAI's words once in lower case. */
public enum FinishReason {
    STOP,
    LENGTH,
    TOOL_CALLS,
    CONTENT_FILTER
}
