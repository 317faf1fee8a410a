package io.agentrouter.runtime.agent;

import java.util.function.Function;
import reactor.core.publisher.Mono;

/**
 * Something a model may call.
 *
 * @param name as the model sees it
 * @param description when to use it
 * @param parameters JSON Schema of its arguments, an object
 * @param execute from the arguments, a JSON object as the model wrote it, to the output; cancelled with the run
 */
public record Tool(String name, String description, String parameters, Function<String, Mono<ToolOutput>> execute) {}
