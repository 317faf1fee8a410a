package io.agentrouter.runtime.face;

import io.agentrouter.runtime.agent.InputFile;
import io.agentrouter.runtime.agent.Message;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Reads {@code messages} into the runtime's own, and collects the files in them. */
final class MessageReader {

    private static final List<String> CLIENT_TOOLS = List.of("tool_calls", "function_call", "audio");

    private final boolean acceptsFiles;
    private final List<Message> messages = new ArrayList<>();
    private final List<InputFile> files = new ArrayList<>();

    MessageReader(boolean acceptsFiles) {
        this.acceptsFiles = acceptsFiles;
    }

    void readAll(JsonNode all) {
        if (all.isMissingNode() || all.isNull()) {
            throw Refusals.invalid("messages", "`messages` is required: " + RequestField.MESSAGES.accepted() + ".");
        }
        for (int i = 0; i < all.size(); i++) {
            messages.add(read(all.get(i), "messages[%d]".formatted(i)));
        }
        if (!(messages.getLast() instanceof Message.User)) {
            throw Refusals.invalid("messages", "`messages` must end with a `user` message.");
        }
    }

    List<Message> messages() {
        return messages;
    }

    List<InputFile> files() {
        return files;
    }

    private Message read(JsonNode message, String at) {
        String role = message.path("role").asString("");
        return switch (role) {
            case "system", "developer" -> new Message.Instructions(text(message, at, role));
            case "user" -> new Message.User(text(message, at, role));
            case "assistant" -> assistant(message, at);
            case "tool", "function" ->
                throw Refusals.unsupported(
                        at + ".role", "An agent runs its own tools: leave messages of role `%s` out.".formatted(role));
            default ->
                throw Refusals.invalid(
                        at + ".role", "`%s.role` must be system, developer, user or assistant.".formatted(at));
        };
    }

    private Message assistant(JsonNode message, String at) {
        for (String field : CLIENT_TOOLS) {
            JsonNode value = message.path(field);
            if (!value.isMissingNode() && !value.isNull() && !value.isEmpty()) {
                throw Refusals.unsupported(
                        at + "." + field, "An agent runs its own tools and speaks in text: leave it out.");
            }
        }
        String refusal = message.path("refusal").asString("");
        boolean spoken = message.hasNonNull("content") || refusal.isEmpty();
        return new Message.Assistant(spoken ? text(message, at, "assistant") : refusal, List.of());
    }

    private String text(JsonNode message, String at, String role) {
        JsonNode content = message.path("content");
        String here = at + ".content";
        if (content.isString()) {
            return content.stringValue();
        }
        if (!content.isArray() || content.isEmpty()) {
            throw Refusals.invalid(here, "`%s` must be a string or a non-empty array of parts.".formatted(here));
        }
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < content.size(); i++) {
            part(content.get(i), "%s[%d]".formatted(here, i), role, texts);
        }
        return String.join("\n", texts);
    }

    private void part(JsonNode part, String at, String role, List<String> texts) {
        String type = part.path("type").asString("");
        switch (type) {
            case "text" -> texts.add(string(part, "text", at));
            case "refusal" -> texts.add(string(part, "refusal", at));
            case "file" -> {
                if (!acceptsFiles || !"user".equals(role)) {
                    throw Refusals.unsupported(at, "This agent takes no files here: send text.");
                }
                files.add(FilePart.read(part.path("file"), at + ".file"));
            }
            case "image_url", "input_audio" ->
                throw Refusals.unsupported(at, "Agents do not take parts of type `%s`.".formatted(type));
            default -> throw Refusals.invalid(at + ".type", "`%s.type` must be text or file.".formatted(at));
        }
    }

    private static String string(JsonNode part, String field, String at) {
        JsonNode value = part.path(field);
        if (!value.isString()) {
            throw Refusals.invalid(at + "." + field, "`%s.%s` must be a string.".formatted(at, field));
        }
        return value.stringValue();
    }
}
