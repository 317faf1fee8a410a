package io.agentrouter.runtime.model;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import org.springframework.http.HttpHeaders;

/** The header Retry-After, seconds or a date (RFC 9110 section 10.2.3). */
final class RetryAfter {

    private RetryAfter() {}

    /** How long to wait; zero when the header is absent, past or unreadable. */
    static Duration of(HttpHeaders headers) {
        String value = headers.getFirst(HttpHeaders.RETRY_AFTER);
        if (value == null) {
            return Duration.ZERO;
        }
        Duration wait =
                value.strip().matches("\\d{1,9}") ? Duration.ofSeconds(Long.parseLong(value.strip())) : until(value);
        return wait.isNegative() ? Duration.ZERO : wait;
    }

    private static Duration until(String date) {
        try {
            Instant then = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Duration.between(Instant.now(), then);
        } catch (DateTimeParseException e) {
            return Duration.ZERO;
        }
    }
}
