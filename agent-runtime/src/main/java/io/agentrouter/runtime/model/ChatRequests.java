package io.agentrouter.runtime.model;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
import io.agentrouter.runtime.agent.Message;
import io.agentrouter.runtime.agent.Tool;
import io.agentrouter.runtime.agent.ToolRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** From the runtime's question to LangChain4j's. */
final class ChatRequests {

    private static final JsonMapper JSON = JsonMapper.shared();

    private ChatRequests() {}

    static ChatRequest from(ModelRequest request) {
        return ChatRequest.builder()
                .messages(request.messages().stream().map(ChatRequests::message).toList())
                .parameters(parameters(request.options(), request.tools()))
                .build();
    }

    private static OpenAiChatRequestParameters parameters(ModelOptions options, List<Tool> tools) {
        return OpenAiChatRequestParameters.builder()
                .temperature(options.temperature())
                .topP(options.topP())
                .maxCompletionTokens(options.maxTokens())
                .stopSequences(options.stop())
                .frequencyPenalty(options.frequencyPenalty())
                .presencePenalty(options.presencePenalty())
                .reasoningEffort(options.reasoningEffort())
                .toolSpecifications(
                        tools.stream().map(ChatRequests::specification).toList())
                .customParameters(more(options))
                .build();
    }

    /** What LangChain4j would narrow: a seed of 64 bits, a response format with any JSON Schema. */
    private static Map<String, Object> more(ModelOptions options) {
        Map<String, Object> more = new HashMap<>();
        if (options.seed() != null) {
            more.put("seed", options.seed());
        }
        if (options.responseFormat() != null) {
            more.put("response_format", JSON.readValue(options.responseFormat(), Map.class));
        }
        return more;
    }

    private static ToolSpecification specification(Tool tool) {
        ObjectNode json = JSON.createObjectNode().put("name", tool.name()).put("description", tool.description());
        json.set("parameters", JSON.readTree(tool.parameters()));
        return ToolSpecification.fromJson(json.toString());
    }

    private static ChatMessage message(Message message) {
        return switch (message) {
            case Message.Instructions(String text) -> SystemMessage.from(text);
            case Message.User(String text) -> UserMessage.from(text);
            case Message.Assistant(String text, List<ToolRequest> requests) ->
                AiMessage.builder()
                        .text(text.isEmpty() ? null : text)
                        .toolExecutionRequests(
                                requests.stream().map(ChatRequests::request).toList())
                        .build();
            case Message.ToolResult(ToolRequest request, String text) ->
                ToolExecutionResultMessage.from(request.id(), request.name(), text);
        };
    }

    private static ToolExecutionRequest request(ToolRequest request) {
        return ToolExecutionRequest.builder()
                .id(request.id())
                .name(request.name())
                .arguments(request.arguments())
                .build();
    }
}
