package io.agentrouter.runtime.model;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.agent.tool.ToolSpecifications;
import dev.langchain4j.exception.ToolArgumentsException;
import dev.langchain4j.exception.ToolExecutionException;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.service.tool.DefaultToolExecutor;
import dev.langchain4j.service.tool.ToolExecutionResult;
import dev.langchain4j.service.tool.ToolExecutor;
import io.agentrouter.runtime.agent.Tool;
import io.agentrouter.runtime.agent.ToolException;
import io.agentrouter.runtime.agent.ToolOutput;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Objects;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One method as a tool: LangChain4j describes and calls it, what goes wrong is told in our words. */
final class MethodTool {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String NO_PARAMETERS = "{\"type\":\"object\",\"properties\":{}}";

    private final ToolSpecification specification;
    private final ToolExecutor executor;

    private MethodTool(ToolSpecification specification, ToolExecutor executor) {
        this.specification = specification;
        this.executor = executor;
    }

    static Tool of(Object object, Method method) {
        ToolSpecification specification = ToolSpecifications.toolSpecificationFrom(method);
        ToolExecutor executor = DefaultToolExecutor.builder()
                .object(object)
                .originalMethod(method)
                .methodToInvoke(method)
                .wrapToolArgumentsExceptions(true)
                .propagateToolExecutionExceptions(true)
                .build();
        return new Tool(
                specification.name(),
                Objects.requireNonNullElse(specification.description(), ""),
                parameters(specification),
                new MethodTool(specification, executor)::call);
    }

    private static String parameters(ToolSpecification specification) {
        JsonNode parameters = JSON.readTree(specification.toJson()).path("parameters");
        return parameters.isObject() ? parameters.toString() : NO_PARAMETERS;
    }

    private Mono<ToolOutput> call(String arguments) {
        return Mono.defer(() -> output(execute(arguments.isBlank() ? "{}" : arguments)))
                .onErrorResume(
                        ToolException.class,
                        e -> Mono.just(new ToolOutput(Objects.requireNonNullElse(e.getMessage(), ""), true)));
    }

    private ToolExecutionResult execute(String arguments) {
        checkRequired(arguments);
        try {
            return executor.executeWithContext(
                    ToolExecutionRequest.builder()
                            .name(specification.name())
                            .arguments(arguments)
                            .build(),
                    InvocationContext.builder().build());
        } catch (ToolArgumentsException e) {
            throw new ToolException("An argument of `%s` has a wrong type. Nothing was done. The parameters are: %s"
                    .formatted(specification.name(), parameters(specification)));
        } catch (ToolExecutionException e) {
            throw asThrown(e);
        }
    }

    /** LangChain4j would pass null for what is missing. */
    private void checkRequired(String arguments) {
        JsonNode given = parse(arguments);
        if (!given.isObject()) {
            throw new ToolException(
                    "The arguments of `%s` must be one JSON object. Nothing was done.".formatted(specification.name()));
        }
        List<String> required = specification.parameters() == null
                ? List.of()
                : Objects.requireNonNullElse(specification.parameters().required(), List.of());
        required.stream().filter(name -> !given.hasNonNull(name)).findFirst().ifPresent(name -> {
            throw new ToolException(
                    "`%s` needs the argument `%s`. Nothing was done.".formatted(specification.name(), name));
        });
    }

    private static JsonNode parse(String arguments) {
        try {
            return JSON.readTree(arguments);
        } catch (JacksonException e) {
            return JSON.missingNode();
        }
    }

    private static RuntimeException asThrown(ToolExecutionException e) {
        return e.getCause() instanceof RuntimeException own ? own : e;
    }

    private static Mono<ToolOutput> output(ToolExecutionResult result) {
        return switch (result.result()) {
            case Mono<?> later -> later.map(MethodTool::written);
            case ToolOutput output -> Mono.just(output);
            case null, default -> Mono.just(new ToolOutput(result.resultText(), false));
        };
    }

    private static ToolOutput written(Object value) {
        return value instanceof ToolOutput output
                ? output
                : new ToolOutput(value instanceof String text ? text : JSON.writeValueAsString(value), false);
    }
}
