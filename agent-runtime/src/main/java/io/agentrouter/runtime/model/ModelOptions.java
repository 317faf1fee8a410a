package io.agentrouter.runtime.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the model is to answer, in OpenAI's terms; null leaves it to the model's server.
 *
 * @param maxTokens most tokens to write, {@code max_completion_tokens}
 * @param stop sequences that end the answer, possibly none
 * @param responseFormat {@code response_format}, a JSON object as OpenAI takes it
 * @param reasoningEffort {@code reasoning_effort}, for example {@code low}
 */
public record ModelOptions(
        @Nullable Double temperature,
        @Nullable Double topP,
        @Nullable Integer maxTokens,
        List<String> stop,
        @Nullable Long seed,
        @Nullable Double frequencyPenalty,
        @Nullable Double presencePenalty,
        @Nullable String responseFormat,
        @Nullable String reasoningEffort) {

    /** Everything left to the model's server. */
    public static final ModelOptions DEFAULT =
            new ModelOptions(null, null, null, List.of(), null, null, null, null, null);

    public ModelOptions {
        stop = List.copyOf(stop);
    }

    /** The same options with another bound on the tokens to write, for a run held to an allowance. */
    public ModelOptions withMaxTokens(int tokens) {
        return new ModelOptions(
                temperature,
                topP,
                tokens,
                stop,
                seed,
                frequencyPenalty,
                presencePenalty,
                responseFormat,
                reasoningEffort);
    }
}
