package io.agentrouter.runtime.agent;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * How many tokens a text is, where nobody counted: one for every four bytes of UTF-8, rounded up. A tokenizer would know
 * better, at 20 MiB of tables in a pod of 512.
 */
public final class TokenEstimate {

    private static final int BYTES_PER_TOKEN = 4;

    private TokenEstimate() {}

    public static long of(String text) {
        return Math.ceilDiv(text.getBytes(StandardCharsets.UTF_8).length, BYTES_PER_TOKEN);
    }

    /** Messages with the names and arguments of the tools that they ask for. */
    public static long of(List<Message> messages) {
        return messages.stream().mapToLong(TokenEstimate::of).sum();
    }

    private static long of(Message message) {
        return switch (message) {
            case Message.Instructions(String text) -> of(text);
            case Message.User(String text) -> of(text);
            case Message.Assistant(String text, List<ToolRequest> requests) -> of(text) + ofRequests(requests);
            case Message.ToolResult(ToolRequest request, String text) -> of(text);
        };
    }

    /** The names and arguments of tool requests. */
    public static long ofRequests(List<ToolRequest> requests) {
        return requests.stream()
                .mapToLong(request -> of(request.name()) + of(request.arguments()))
                .sum();
    }
}
