package io.agentrouter.runtime.model;

import io.agentrouter.runtime.agent.Tool;
import io.agentrouter.runtime.agent.ToolException;
import io.agentrouter.runtime.agent.ToolOutput;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import reactor.core.publisher.Mono;

/** Tools from methods that carry LangChain4j's {@code @Tool}. */
public final class Tools {

    private Tools() {}

    /**
     * A tool for each such method of the object, by name, so that every run offers the model the same list. Its JSON
     * Schema is made of the parameters and their {@code @P}.
     *
     * <p>A method returns text, a {@link ToolOutput}, a {@link Mono} of either, or anything else to be written as JSON. It
     * is called off the event loop and may block; when the run is cancelled its thread is interrupted, its Mono cancelled.
     * Arguments that do not fit and a {@link ToolException} are told to the model; what else it throws fails the run.
     *
     * @throws IllegalArgumentException when there is no such method, or two of one name
     */
    public static List<Tool> of(Object object) {
        List<Tool> tools = Arrays.stream(object.getClass().getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(dev.langchain4j.agent.tool.Tool.class))
                .map(method -> MethodTool.of(object, method))
                .sorted(Comparator.comparing(Tool::name))
                .toList();
        if (tools.isEmpty() || tools.stream().map(Tool::name).distinct().count() < tools.size()) {
            throw new IllegalArgumentException(
                    object.getClass() + " must have methods marked as @Tool, each of another name");
        }
        return tools;
    }
}
