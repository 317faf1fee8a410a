package io.agentrouter.gateway.route.resolve;

import io.agentrouter.gateway.catalog.AgentType;
import io.agentrouter.gateway.catalog.Catalog;
import io.agentrouter.gateway.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the agent type that a request names. Matching is exact; docs/contract.md says how each source is read. */
public final class AgentTypeResolver {

    private final Catalog catalog;

    public AgentTypeResolver(Catalog catalog) {
        this.catalog = catalog;
    }

    /**
     * What path, query and header name.
     *
     * @param rawPath as it came, percent-encoded
     * @param rawQuery as it came, or null
     * @param headers each {@code X-Agent-Type} value
     * @return empty if none of them names a type: then the body's model counts
     * @throws ProblemException if one is repeated or empty, if two disagree, or if the type is not in the catalog
     */
    public Optional<AgentType> fromHead(String rawPath, @Nullable String rawQuery, List<String> headers) {
        Source inPath = Sources.inPath(rawPath).orElse(null);
        Source inQuery = Sources.inQuery(rawQuery).orElse(null);
        Source inHeader = Sources.inHeader(headers).orElse(null);
        return Optional.ofNullable(same(same(inPath, inQuery), inHeader)).map(source -> catalog.get(source.name()));
    }

    /** The first of two that say the same, or the only one. */
    private static @Nullable Source same(@Nullable Source first, @Nullable Source other) {
        if (first != null && other != null && !first.name().equals(other.name())) {
            throw ProblemException.badRequest(
                    "agent_type_conflict", first + " and " + other + " name different agent types; name one.");
        }
        return first == null ? other : first;
    }

    /**
     * What the body's {@code model} names, {@code qa} or {@code qa/<model name>}. Only for requests of which
     * {@link #fromHead} is empty.
     *
     * @throws ProblemException if there is none, or more than one, or it is no string, or the type is not in the catalog
     */
    public AgentType fromBody(BodyFacts body) {
        List<String> models = new ArrayList<>(1);
        for (Optional<String> model : body.models()) {
            models.add(model.orElseThrow(() ->
                    ProblemException.badField("agent_type_invalid", "model", "The body's model must be a string.")));
        }
        Source source = Sources.inModels(models)
                .orElseThrow(() -> ProblemException.badRequest(
                        "agent_type_missing",
                        "No agent type is named. Name it by the path /agents/{type}/v1/chat/completions, the query parameter"
                                + " agent-type, the header X-Agent-Type, or the body's model."));
        return catalog.get(source.name());
    }

    /** For a request of which {@link #fromHead} is empty and whose body is too large to be read first. */
    public ProblemException inLargeBody() {
        return ProblemException.badRequest(
                "agent_type_in_large_body",
                "The model of a body beyond " + catalog.maxBuffered().toBytes()
                        + " bytes is not read; name the agent type by path, query or header.");
    }
}
