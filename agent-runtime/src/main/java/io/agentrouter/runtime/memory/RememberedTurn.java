package io.agentrouter.runtime.memory;

import io.agentrouter.runtime.agent.Message;
import io.agentrouter.runtime.agent.TokenEstimate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is remembered of one turn: what was said, by the user and to the user. Instructions come with each request again;
 * what tools were asked and answered is large, belongs to a workspace that is gone, and the answer tells what came of it.
 * In Redis it is an array of OpenAI's messages, {@code [{"role":"user","content":"…"},…]}.
 */
record RememberedTurn(List<Message> messages) {

    /** What is sent in place of a turn that is too large to be kept, however large it is. */
    static final RememberedTurn NOTHING = new RememberedTurn(List.of());

    private static final JsonMapper JSON = JsonMapper.shared();

    static RememberedTurn of(List<Message> turn) {
        List<Message> said = new ArrayList<>();
        for (Message message : turn) {
            switch (message) {
                case Message.User user -> said.add(user);
                case Message.Assistant(String text, var tools)
                when !text.isEmpty() -> said.add(new Message.Assistant(text, List.of()));
                case Message.Assistant silent -> {}
                case Message.Instructions instructions -> {}
                case Message.ToolResult result -> {}
            }
        }
        return new RememberedTurn(said);
    }

    static RememberedTurn parse(String json) {
        return new RememberedTurn(Arrays.stream(JSON.readValue(json, Said[].class))
                .map(Said::message)
                .toList());
    }

    String toJson() {
        return JSON.writeValueAsString(messages.stream().map(Said::of).toList());
    }

    /** At least one for each message, so that a bound in tokens bounds the messages too. */
    long tokens() {
        return messages.size() + TokenEstimate.of(messages);
    }

    private record Said(String role, String content) {

        static Said of(Message message) {
            return switch (message) {
                case Message.User(String text) -> new Said("user", text);
                case Message.Assistant(String text, var tools) -> new Said("assistant", text);
                case Message.Instructions instructions -> throw new IllegalArgumentException("Not said: instructions");
                case Message.ToolResult result -> throw new IllegalArgumentException("Not said: a tool's result");
            };
        }

        Message message() {
            return "user".equals(role) ? new Message.User(content) : new Message.Assistant(content, List.of());
        }
    }
}
