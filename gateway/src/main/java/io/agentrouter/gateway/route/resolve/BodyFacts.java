package io.agentrouter.gateway.route.resolve;

import java.util.List;

/**
 * What routing has to know of a body, from its top level.
 *
 * @param models the value of each key named "model", in order
 * @param stream whether the answer is to be streamed
 */
public record BodyFacts(List<Model> models, boolean stream) {

    public BodyFacts {
        models = List.copyOf(models);
    }

    /** The value of a {@code model} key. */
    public sealed interface Model {
        record Text(String value) implements Model {}

        record NotText() implements Model {}
    }
}
