package io.agentrouter.runtime.memory;

import io.agentrouter.runtime.agent.AgentException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** How long a conversation waits for a Redis that is away. */
record Patience(Duration bound) {

    private static final Logger log = LoggerFactory.getLogger(Patience.class);

    /** The command's answer, tried again until there is one; or {@code conversation_unavailable} when the bound is reached. */
    <T> Mono<T> with(Mono<T> command) {
        return command.retryWhen(Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(50))
                        .maxBackoff(Duration.ofMillis(500))
                        // Not only Spring's: what ends a list that is being read comes as the driver has it.
                        .filter(Exception.class::isInstance)
                        .doBeforeRetry(Patience::tell))
                .timeout(bound, Mono.error(this::unavailable));
    }

    private static void tell(Retry.RetrySignal failed) {
        if (failed.totalRetries() == 0) {
            log.warn(
                    "A conversation waits for Redis: {}",
                    NestedExceptionUtils.getMostSpecificCause(failed.failure()).toString());
        }
    }

    private AgentException unavailable() {
        return new AgentException(
                503,
                "conversation_unavailable",
                null,
                "The conversation cannot be reached: try again, or send the earlier messages along without its name.");
    }
}
