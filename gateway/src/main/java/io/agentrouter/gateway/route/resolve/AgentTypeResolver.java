package io.agentrouter.gateway.route.resolve;

import io.agentrouter.gateway.catalog.AgentType;
import io.agentrouter.gateway.catalog.Catalog;
import io.agentrouter.gateway.problem.ProblemException;
import io.agentrouter.gateway.route.resolve.BodyFacts.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** Finds the agent type that a request names. Matching is exact; docs/contract.md says how each source is read. */
public final class AgentTypeResolver {

    private static final String FOUR_WAYS =
            "the path /agents/{type}/v1/chat/completions, the query parameter agent-type,"
                    + " the header X-Agent-Type, or the body's model";

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
        List<Source> sources = new ArrayList<>(3);
        Sources.fromPath(rawPath).ifPresent(sources::add);
        Sources.fromQuery(rawQuery).ifPresent(sources::add);
        Sources.fromHeader(headers).ifPresent(sources::add);
        if (sources.isEmpty()) {
            return Optional.empty();
        }
        Source first = sources.getFirst();
        for (Source other : sources) {
            if (!other.value().equals(first.value())) {
                throw conflict(first, other);
            }
        }
        return Optional.of(known(first.value()));
    }

    /**
     * What the body's {@code model} names, {@code qa} or {@code qa/<model name>}. Only for requests of which
     * {@link #fromHead} is empty.
     *
     * @throws ProblemException if there is none, or more than one, or it is no string, or the type is not in the catalog
     */
    public AgentType fromBody(BodyFacts body) {
        if (body.models().isEmpty()) {
            throw bad("agent_type_missing", "No agent type is named; use " + FOUR_WAYS + ".");
        }
        if (body.models().size() > 1) {
            throw bad("agent_type_invalid", "The body's model stands more than once.");
        }
        return switch (body.models().getFirst()) {
            case Model.Text text -> known(Sources.fromModel(text.value()).value());
            case Model.NotText() -> throw bad("agent_type_invalid", "The body's model must be a string.");
        };
    }

    /** For a request of which {@link #fromHead} is empty and whose body is too large to be read first. */
    public ProblemException inLargeBody() {
        return bad(
                "agent_type_in_large_body",
                "A body beyond " + catalog.maxBuffered().toBytes()
                        + " bytes is not searched for its model; name the agent type by path, query or header.");
    }

    private AgentType known(String name) {
        return catalog.find(name)
                .orElseThrow(() -> ProblemException.invalid(
                        HttpStatus.NOT_FOUND,
                        "agent_type_unknown",
                        "There is no agent type " + Sources.shown(name) + "; known are " + names() + "."));
    }

    private String names() {
        return catalog.types().stream().map(AgentType::name).collect(Collectors.joining(", "));
    }

    private static ProblemException conflict(Source one, Source other) {
        return bad("agent_type_conflict", one.named() + " and " + other.named() + " disagree; name one agent type.");
    }

    static ProblemException bad(String code, String detail) {
        return ProblemException.invalid(HttpStatus.BAD_REQUEST, code, detail);
    }
}
