package io.agentrouter.runtime.agent;

/** Tokens read and written by a model. */
public record TokenUsage(long prompt, long completion) {

    public static final TokenUsage NONE = new TokenUsage(0, 0);

    public TokenUsage plus(TokenUsage other) {
        return new TokenUsage(prompt + other.prompt, completion + other.completion);
    }

    public long total() {
        return prompt + completion;
    }
}
