package io.agentrouter.runtime.agent;

import java.util.List;

/** One message of a conversation. */
public sealed interface Message {

    record Instructions(String text) implements Message {}

    record User(String text) implements Message {}

    record Assistant(String text, List<ToolRequest> toolRequests) implements Message {
        public Assistant {
            toolRequests = List.copyOf(toolRequests);
        }
    }

    record ToolResult(ToolRequest request, String text) implements Message {}
}
