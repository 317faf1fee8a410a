package io.agentrouter.gateway.route.resolve;

import java.util.List;
import java.util.Optional;

/**
 * What routing has to know of a body, from its top level.
 *
 * @param models what each key named "model" holds, in order; empty where that is no string
 * @param stream whether the answer is to be streamed
 */
public record BodyFacts(List<Optional<String>> models, boolean stream) {

    public BodyFacts {
        models = List.copyOf(models);
    }
}
