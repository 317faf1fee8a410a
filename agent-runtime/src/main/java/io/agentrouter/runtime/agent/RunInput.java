package io.agentrouter.runtime.agent;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one run is asked to do.
 *
 * @param id the run's own id, unique
 * @param tenant who asks
 * @param conversation the conversation that the run continues, or null
 * @param messages the conversation so far, remembered turns included, oldest first, the question last
 * @param files what came as OpenAI file content parts
 * @param limits how far the run may go
 * @param modelMode whether there is a model to ask
 */
public record RunInput(
        String id,
        String tenant,
        @Nullable String conversation,
        List<Message> messages,
        List<InputFile> files,
        Limits limits,
        ModelMode modelMode) {

    public RunInput {
        messages = List.copyOf(messages);
        files = List.copyOf(files);
    }

    /** How far a run may go: tokens that its model turns may write in sum, and when it must have ended. */
    public record Limits(long completionTokens, Instant deadline) {}

    /** {@code OFFLINE} when no model key is configured: the agent answers by its own means and says so. */
    public enum ModelMode {
        LIVE,
        OFFLINE
    }
}
