package io.agentrouter.runtime.model;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.agentrouter.runtime.agent.FinishReason;
import io.agentrouter.runtime.agent.StepResult.ModelAnswer;
import io.agentrouter.runtime.agent.TokenEstimate;
import io.agentrouter.runtime.agent.TokenUsage;
import io.agentrouter.runtime.agent.Tool;
import io.agentrouter.runtime.agent.ToolRequest;
import java.util.List;
import java.util.Objects;

/** From LangChain4j's answer to the runtime's. */
final class Answers {

    private Answers() {}

    static ModelAnswer from(ModelRequest question, ChatResponse response) {
        AiMessage message = response.aiMessage();
        String text = Objects.requireNonNullElse(message.text(), "");
        List<ToolRequest> requests =
                message.toolExecutionRequests().stream().map(Answers::request).toList();
        return new ModelAnswer(
                text, requests, reason(response.finishReason(), requests), usage(question, response, text, requests));
    }

    private static ToolRequest request(ToolExecutionRequest request) {
        return new ToolRequest(request.id(), request.name(), Objects.requireNonNullElse(request.arguments(), "{}"));
    }

    /** Some servers say stop where they ask for tools. */
    private static FinishReason reason(dev.langchain4j.model.output.FinishReason reason, List<ToolRequest> requests) {
        return switch (reason) {
            case LENGTH -> FinishReason.LENGTH;
            case CONTENT_FILTER -> FinishReason.CONTENT_FILTER;
            case STOP, TOOL_EXECUTION, OTHER -> requests.isEmpty() ? FinishReason.STOP : FinishReason.TOOL_CALLS;
        };
    }

    private static TokenUsage usage(
            ModelRequest question, ChatResponse response, String text, List<ToolRequest> requests) {
        var counted = response.tokenUsage();
        if (counted != null && counted.inputTokenCount() != null && counted.outputTokenCount() != null) {
            return new TokenUsage(counted.inputTokenCount(), counted.outputTokenCount());
        }
        long tools = question.tools().stream().mapToLong(Answers::size).sum();
        return new TokenUsage(
                TokenEstimate.of(question.messages()) + tools,
                TokenEstimate.of(text) + TokenEstimate.ofRequests(requests));
    }

    private static long size(Tool tool) {
        return TokenEstimate.of(tool.name() + tool.description() + tool.parameters());
    }
}
