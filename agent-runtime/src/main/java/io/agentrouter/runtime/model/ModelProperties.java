package io.agentrouter.runtime.model;

import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Which model an agent asks, and with how much patience.
 *
 * @param required whether an agent without a key is down, instead of answering offline
 * @param apiKey the key; blank is the same as none, and without a key the agent is offline, so give a local server any word
 * @param apiKeyFile a file that holds the key, for example of a mounted secret; it goes before {@code apiKey}
 * @param apiKeyRefresh how often that file is read again
 * @param baseUrl an OpenAI-compatible server, up to and including {@code /v1}
 * @param name the model, as that server knows it
 * @param maxConnections the most connections to that server at once
 */
@Validated
@ConfigurationProperties("model")
record ModelProperties(
        @DefaultValue("false") boolean required,
        @DefaultValue("") String apiKey,
        @Nullable Path apiKeyFile,
        @DefaultValue("2s") Duration apiKeyRefresh,
        @DefaultValue("https://api.openai.com/v1") URI baseUrl,
        @DefaultValue("gpt-4o") @NotBlank String name,
        @DefaultValue("256") @Min(1) int maxConnections,
        @DefaultValue @Valid Timeouts timeouts,
        @DefaultValue @Valid Retries retry) {

    /**
     * How long a model may take.
     *
     * @param connect until there is a connection
     * @param firstToken from the question to the first event of the answer
     * @param idle between two events of the answer
     * @param total for the whole turn, further attempts included
     */
    record Timeouts(
            @DefaultValue("5s") Duration connect,
            @DefaultValue("2m") Duration firstToken,
            @DefaultValue("1m") Duration idle,
            @DefaultValue("10m") Duration total) {}

    /**
     * The budget for asking again before the first event: after 429, 5xx and failed connections.
     *
     * @param attempts the most attempts, the first one included
     * @param within no attempt begins later than this after the first
     * @param firstPause the pause before the second attempt, doubled before each further one, unless Retry-After says more
     */
    record Retries(
            @DefaultValue("3") @Min(1) int attempts,
            @DefaultValue("20s") Duration within,
            @DefaultValue("500ms") Duration firstPause) {}

    @AssertTrue(message = "model.base-url must be an http or https URL, for example https://api.openai.com/v1")
    boolean isBaseUrlUsable() {
        return ("http".equals(baseUrl.getScheme()) || "https".equals(baseUrl.getScheme())) && baseUrl.getHost() != null;
    }
}
