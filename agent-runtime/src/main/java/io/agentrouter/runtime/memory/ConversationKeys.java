package io.agentrouter.runtime.memory;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Where a conversation stands in Redis; all keys under one hash tag, so that a script may touch them together in a cluster.
 *
 * @param line tokens of the turn that runs and of those that wait, first come first served
 * @param alive the same tokens by the moment at which their place is lost
 * @param turns what is remembered, one JSON value a turn, oldest first
 * @param last the token of the turn that was appended last
 */
record ConversationKeys(String line, String alive, String turns, String last) {

    static ConversationKeys of(String tenant, String agentType, String conversation) {
        String prefix = "conversation:{%s/%s/%s}:".formatted(encode(tenant), encode(agentType), encode(conversation));
        return new ConversationKeys(prefix + "line", prefix + "alive", prefix + "turns", prefix + "last");
    }

    /** Neither a slash nor a brace is left, so no two conversations share a key. */
    private static String encode(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8);
    }
}
