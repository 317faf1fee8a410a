package io.agentrouter.gateway.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An answer to hold against {@link ApiDocument}.
 *
 * @param method of the request
 * @param target of the request, path and query
 * @param headers of the answer, names in any case
 */
public record ApiAnswer(String method, String target, int status, Map<String, List<String>> headers, String body) {

    public ApiAnswer {
        Map<String, List<String>> anyCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach((name, values) ->
                anyCase.computeIfAbsent(name, first -> new ArrayList<>()).addAll(values));
        headers = anyCase;
    }

    /** From a head as it came: a start line, then headers. */
    public static ApiAnswer of(String method, String target, List<String> head, String body) {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line : head.subList(1, head.size())) {
            String[] header = line.split(":", 2);
            headers.computeIfAbsent(header[0], first -> new ArrayList<>()).add(header[1].strip());
        }
        return new ApiAnswer(method, target, Integer.parseInt(head.getFirst().split(" ", 3)[1]), headers, body);
    }

    String path() {
        return target.split("\\?", 2)[0];
    }

    /** Without parameters, empty if there is none. */
    String mediaType() {
        return headers.getOrDefault("Content-Type", List.of(""))
                .getFirst()
                .split(";", 2)[0]
                .strip();
    }
}
