package io.agentrouter.gateway.admission;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.http.HttpHeaders;

/**
 * How long a client would wait: by {@code Prefer: wait=N} (RFC 7240, section 4.3), in seconds, and by the read timeout that
 * OpenAI SDKs tell of. What cannot be read is passed over, as that RFC asks for.
 */
final class Patience {

    private static final String SDK_TIMEOUT = "X-Stainless-Read-Timeout";
    private static final Pattern WAIT =
            Pattern.compile("wait\\s*=\\s*\"?([0-9]{1,9})\"?\\s*(;.*)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,9})?");

    private Patience() {}

    /** The shorter of both; empty if the client says neither. */
    static Optional<Duration> of(HttpHeaders headers) {
        List<String> preferences = headers.getOrEmpty("Prefer");
        List<String> timeouts = headers.getOrEmpty(SDK_TIMEOUT);
        if (preferences.isEmpty() && timeouts.isEmpty()) {
            return Optional.empty();
        }
        return Stream.of(preferred(preferences), ofSdk(timeouts))
                .flatMap(Optional::stream)
                .min(Duration::compareTo);
    }

    /** The first that is there counts. */
    private static Optional<Duration> preferred(List<String> values) {
        return values.stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(preference -> WAIT.matcher(preference.strip()))
                .filter(Matcher::matches)
                .map(wait -> Duration.ofSeconds(Long.parseLong(wait.group(1))))
                .findFirst();
    }

    private static Optional<Duration> ofSdk(List<String> values) {
        return values.stream()
                .filter(value -> SECONDS.matcher(value).matches())
                .map(value -> Duration.ofNanos((long) (Double.parseDouble(value) * 1e9)))
                .findFirst();
    }
}
