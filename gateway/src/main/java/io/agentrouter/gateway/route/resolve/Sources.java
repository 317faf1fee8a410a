package io.agentrouter.gateway.route.resolve;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How each place is read: percent-encoding is decoded once in path and query, nothing is trimmed but a header's outer blanks. */
final class Sources {

    private static final String AGENTS = "agents";

    private Sources() {}

    static Optional<Source> inPath(String rawPath) {
        int slash = rawPath.indexOf('/', 1);
        if (slash < 0 || !isAgents(rawPath, slash)) {
            return Optional.empty();
        }
        int end = rawPath.indexOf('/', slash + 1);
        String segment = rawPath.substring(slash + 1, end < 0 ? rawPath.length() : end);
        return Source.of("the path", List.of(decoded(segment.replace("+", "%2B"))));
    }

    /** Whether the first segment is that of agents as Spring's routes match it, which is decoded and without parameters. */
    private static boolean isAgents(String rawPath, int slash) {
        int length = slash - 1;
        if (length == AGENTS.length()) {
            return rawPath.startsWith(AGENTS, 1);
        }
        // Every other spelling is longer; most paths begin with v1.
        return length > AGENTS.length()
                && decoded(rawPath.substring(1, slash).split(";", 2)[0]).equals(AGENTS);
    }

    static Optional<Source> inQuery(@Nullable String rawQuery) {
        if (rawQuery == null) {
            return Optional.empty();
        }
        var names = Stream.of(rawQuery.split("&", -1))
                .map(pair -> pair.split("=", 2))
                .filter(pair -> decoded(pair[0]).equals("agent-type"))
                .map(pair -> pair.length == 1 ? "" : decoded(pair[1]))
                .toList();
        return Source.of("the query parameter agent-type", names);
    }

    /** A proxy may have joined repeated headers with a comma, which is no part of a name. */
    static Optional<Source> inHeader(List<String> values) {
        if (values.isEmpty()) {
            return Optional.empty();
        }
        var names = values.stream()
                .flatMap(value -> Stream.of(value.split(",", -1)))
                .map(String::strip)
                .toList();
        return Source.of("the header X-Agent-Type", names);
    }

    static Optional<Source> inModels(List<String> models) {
        List<String> names = new ArrayList<>(models);
        names.replaceAll(model -> model.split("/", 2)[0]);
        return Source.of("the body's model", names);
    }

    /** Plus is a space; what is not properly encoded stays as it is, and so names no type that there is. */
    private static String decoded(String encoded) {
        try {
            return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return encoded;
        }
    }
}
