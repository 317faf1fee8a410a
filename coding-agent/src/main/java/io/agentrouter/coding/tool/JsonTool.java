package io.agentrouter.coding.tool;

import io.agentrouter.coding.workspace.WorkspaceException;
import io.agentrouter.runtime.agent.Tool;
import io.agentrouter.runtime.agent.ToolOutput;
import java.io.IOException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** A tool whose arguments are a record. What goes wrong is told to the model, in words that let it do better. */
final class JsonTool {

    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private JsonTool() {}

    /** Work on files: it blocks. */
    interface Work<A> {
        String run(A arguments) throws IOException;
    }

    static <A> Tool of(
            String name, String description, String parameters, Class<A> type, Function<A, Mono<ToolOutput>> body) {
        return new Tool(
                name,
                description,
                parameters,
                json -> Mono.defer(() -> body.apply(parse(json, type, name)))
                        .onErrorResume(IllegalArgumentException.class, e -> failed(e.getMessage())));
    }

    static Mono<ToolOutput> failed(@Nullable String sentence) {
        return Mono.just(new ToolOutput(sentence == null ? "It failed." : sentence, true));
    }

    static String required(@Nullable String value, String name) throws WorkspaceException {
        if (value == null) {
            throw new WorkspaceException("The argument \"" + name + "\" is missing.");
        }
        return value;
    }

    private static <A> A parse(String json, Class<A> type, String tool) {
        try {
            A arguments = JSON.readValue(json.isBlank() ? "{}" : json, type);
            if (arguments != null) {
                return arguments;
            }
        } catch (JacksonException e) {
            // said below, without the text of the parser
        }
        throw new IllegalArgumentException(
                "The arguments of " + tool + " are no JSON object of its parameters. Nothing was done.");
    }
}
