package io.agentrouter.runtime.model;

import io.agentrouter.runtime.agent.Message;
import io.agentrouter.runtime.agent.Tool;
import java.util.List;

/**
 * One question to the model.
 *
 * @param messages oldest first
 * @param tools what the model may ask for; the caller executes them
 * @param options how to answer
 */
public record ModelRequest(List<Message> messages, List<Tool> tools, ModelOptions options) {
    public ModelRequest {
        messages = List.copyOf(messages);
        tools = List.copyOf(tools);
    }
}
