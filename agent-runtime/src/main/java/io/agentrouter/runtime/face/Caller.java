package io.agentrouter.runtime.face;

import io.agentrouter.runtime.run.RunRequest;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Who asks, in which conversation, and until when, as the headers say.
 *
 * @param deadline when the gateway gives the request up
 */
record Caller(
        String tenant,
        @Nullable String conversation,
        @Nullable Instant deadline) {

    private static final String TENANT = "X-Agent-Tenant";
    private static final String CONVERSATION = "X-Conversation-Id";
    private static final String TIMEOUT = "X-Agent-Timeout";
    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");
    private static final Pattern CONVERSATION_ID = Pattern.compile("[A-Za-z0-9._:-]{1,128}");

    /** To be called when the head has just come. */
    static Caller of(ServerHttpRequest request) {
        HttpHeaders headers = request.getHeaders();
        String tenant = headers.getFirst(TENANT);
        if (headers.getOrEmpty(CONVERSATION).size() > 1) {
            throw Refusals.invalid(CONVERSATION, "`%s` was sent more than once: send one.".formatted(CONVERSATION));
        }
        return new Caller(
                tenant == null ? "anonymous" : tenant,
                headers.getFirst(CONVERSATION),
                deadline(headers.getFirst(TIMEOUT)));
    }

    private static @Nullable Instant deadline(@Nullable String timeout) {
        return timeout != null && SECONDS.matcher(timeout).matches()
                ? Instant.now().plusSeconds(Long.parseLong(timeout))
                : null;
    }

    RunRequest asks(String runId, ChatRequest chat) {
        return new RunRequest(
                runId,
                tenant,
                conversation(chat.conversation()),
                deadline,
                chat.messages(),
                chat.files(),
                chat.completionTokens(),
                chat.options());
    }

    private @Nullable String conversation(@Nullable String inBody) {
        if (conversation != null && inBody != null && !conversation.equals(inBody)) {
            throw Refusals.invalid(
                    "metadata.conversation_id",
                    "`%s` and `metadata.conversation_id` name two conversations: send one.".formatted(CONVERSATION));
        }
        String named = conversation == null ? inBody : conversation;
        if (named != null && !CONVERSATION_ID.matcher(named).matches()) {
            throw Refusals.invalid(
                    conversation == null ? "metadata.conversation_id" : CONVERSATION,
                    "A conversation is 1 to 128 characters of A-Z a-z 0-9 . _ : -");
        }
        return named;
    }
}
