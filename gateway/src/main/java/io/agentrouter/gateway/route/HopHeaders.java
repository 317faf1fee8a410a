package io.agentrouter.gateway.route;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/** The headers that are about one connection and end with it (RFC 9110 section 7.6.1). */
final class HopHeaders {

    // Expect is answered here: the client of Reactor Netty does not wait for a 100 (#4353 there).
    private static final Set<String> NAMES = Set.of(
            "connection",
            "keep-alive",
            "proxy-connection",
            "proxy-authenticate",
            "proxy-authorization",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "expect",
            "host");

    private HopHeaders() {}

    /**
     * Whether a header, by its name in lower case, ends with its connection: of itself, or because {@code Connection} names it.
     *
     * @param connection the values of that header
     */
    static Predicate<String> in(List<String> connection) {
        Set<String> named = named(connection);
        return name -> NAMES.contains(name) || named.contains(name);
    }

    private static Set<String> named(List<String> connection) {
        if (connection.isEmpty()) {
            return Set.of();
        }
        Set<String> named = new HashSet<>();
        for (String value : connection) {
            for (String name : value.split(",", -1)) {
                named.add(name.strip().toLowerCase(Locale.ROOT));
            }
        }
        return named;
    }
}
