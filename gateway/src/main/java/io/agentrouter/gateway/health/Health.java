package io.agentrouter.gateway.health;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How a part of the system is, in the shape of docs/contract.md.
 *
 * @param status {@code ok}, {@code degraded}, or {@code unreachable} for an agent that is not there or did not answer in time
 * @param checks {@code ok} or {@code down} by name
 * @param modes what is switched off or unusual
 */
public record Health(String status, Map<String, String> checks, List<String> modes) {

    /** What is known of an agent that is not there or did not answer. */
    public static final Health UNREACHABLE = new Health("unreachable", null, null);

    public Health(String status, @Nullable Map<String, String> checks, @Nullable List<String> modes) {
        this.status = status;
        this.checks = checks == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(checks));
        this.modes = modes == null ? List.of() : List.copyOf(modes);
    }

    static Health of(Map<String, Boolean> checks) {
        var words = new TreeMap<String, String>();
        checks.forEach((name, ok) -> words.put(name, ok ? "ok" : "down"));
        return new Health(checks.containsValue(false) ? "degraded" : "ok", words, List.of());
    }

    /** Whether runs can be expected to work. */
    @JsonIgnore
    public boolean isOk() {
        return status.equals("ok");
    }
}
