package io.agentrouter.sandbox.settings;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** This process must not know what its commands must not learn: in a container they run as the same user. */
public final class CleanEnvironment {

    private static final Pattern SECRET =
            Pattern.compile("(?i).*(api_?key|access_?key|private_?key|token|secret|passw|credential|redis_url).*");

    private CleanEnvironment() {}

    /** Fails, naming the variables and not their values, when some look like a secret. */
    public static void require(Map<String, String> environment) {
        List<String> secrets = environment.keySet().stream()
                .filter(name -> SECRET.matcher(name).matches())
                .sorted()
                .toList();
        Check.that(
                secrets.isEmpty(),
                "The sandbox must be started without secrets in its environment; unset " + String.join(", ", secrets));
    }
}
