package io.agentrouter.gateway.route;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
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
     * Hands on the headers that do not end with their connection: of themselves, or because {@code Connection} names them.
     *
     * @param ends whether a header, by its name in lower case, ends here for another reason
     */
    static void pass(HttpHeaders from, HttpHeaders to, Predicate<String> ends) {
        Set<String> named = named(from.getAll(HttpHeaderNames.CONNECTION));
        from.forEach(header -> {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (!NAMES.contains(name) && !named.contains(name) && !ends.test(name)) {
                to.add(header.getKey(), header.getValue());
            }
        });
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
