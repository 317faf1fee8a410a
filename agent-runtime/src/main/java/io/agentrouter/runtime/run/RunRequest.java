package io.agentrouter.runtime.run;

import io.agentrouter.runtime.agent.InputFile;
import io.agentrouter.runtime.agent.Message;
import io.agentrouter.runtime.model.ModelOptions;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a face asks a run to do.
 *
 * @param id the run's own id, unique
 * @param tenant who asks
 * @param conversation the conversation to continue, or null
 * @param deadline when whoever asks gives the run up, or null
 * @param messages what the request says, the question last
 * @param files what came with the messages
 * @param completionTokens the most tokens that the run may write, or null
 * @param options for every model turn
 */
public record RunRequest(
        String id,
        String tenant,
        @Nullable String conversation,
        @Nullable Instant deadline,
        List<Message> messages,
        List<InputFile> files,
        @Nullable Long completionTokens,
        ModelOptions options) {

    public RunRequest {
        messages = List.copyOf(messages);
        files = List.copyOf(files);
    }
}
