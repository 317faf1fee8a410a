package io.agentrouter.gateway.route.resolve;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

/** How each place is read. */
final class Sources {

    private static final String PATH = "/agents/";
    private static final String PARAMETER = "agent-type";
    private static final String HEADER = "X-Agent-Type";

    private Sources() {}

    static Optional<Source> fromPath(String rawPath) {
        if (!rawPath.startsWith(PATH)) {
            return Optional.empty();
        }
        int end = rawPath.indexOf('/', PATH.length());
        String segment = rawPath.substring(PATH.length(), end < 0 ? rawPath.length() : end);
        return Optional.of(single("the path", List.of(decoded(segment.replace("+", "%2B")))));
    }

    static Optional<Source> fromQuery(@Nullable String rawQuery) {
        if (rawQuery == null) {
            return Optional.empty();
        }
        List<String> values = java.util.Arrays.stream(StringUtils.tokenizeToStringArray(rawQuery, "&", false, true))
                .map(pair -> pair.split("=", 2))
                .filter(pair -> decoded(pair[0]).equals(PARAMETER))
                .map(pair -> pair.length == 1 ? "" : decoded(pair[1]))
                .toList();
        return values.isEmpty() ? Optional.empty() : Optional.of(single("the query parameter " + PARAMETER, values));
    }

    static Optional<Source> fromHeader(List<String> values) {
        // A proxy may have joined repeated headers with a comma, which is no part of a name.
        List<String> all = values.stream()
                .flatMap(value -> List.of(value.split(",", -1)).stream())
                .map(String::strip)
                .toList();
        return all.isEmpty() ? Optional.empty() : Optional.of(single("the header " + HEADER, all));
    }

    static Source fromModel(String model) {
        int slash = model.indexOf('/');
        return single("the body's model", List.of(slash < 0 ? model : model.substring(0, slash)));
    }

    private static Source single(String place, List<String> values) {
        if (values.size() > 1) {
            throw AgentTypeResolver.bad("agent_type_invalid", "Of an agent type, " + place + " must hold only one.");
        }
        if (values.getFirst().isEmpty()) {
            throw AgentTypeResolver.bad("agent_type_invalid", "In " + place + " the agent type is empty.");
        }
        return new Source(place, values.getFirst());
    }

    /** Percent-decoded, plus as a space; a value that is not properly encoded stays as it is and so names no known type. */
    private static String decoded(String encoded) {
        try {
            return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return encoded;
        }
    }

    /** A client's word, safe and short enough to repeat in an answer. */
    static String shown(String value) {
        String plain = value.replaceAll("[^\\x20-\\x7E]", "?");
        return '\'' + (plain.length() > 64 ? plain.substring(0, 64) + "..." : plain) + '\'';
    }
}
