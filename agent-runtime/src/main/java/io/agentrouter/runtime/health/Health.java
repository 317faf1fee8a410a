package io.agentrouter.runtime.health;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The answer of {@code GET /health}.
 *
 * @param status {@code ok} when every check is, else {@code degraded}
 * @param checks {@code ok} or {@code down} by name
 * @param modes what is switched off or unusual
 */
record Health(String status, Map<String, String> checks, Set<String> modes) {

    static Health of(Map<String, String> checks, Set<String> modes) {
        return new Health(checks.containsValue("down") ? "degraded" : "ok", checks, modes);
    }

    /** The names of the checks that are. */
    Set<String> down() {
        Set<String> down = new TreeSet<>(checks.keySet());
        down.removeIf(check -> !"down".equals(checks.get(check)));
        return down;
    }

    int code() {
        return "ok".equals(status) ? 200 : 503;
    }
}
