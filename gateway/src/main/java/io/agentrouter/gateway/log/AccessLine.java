package io.agentrouter.gateway.log;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A request that has ended. Nothing that it carries stands here: neither query, headers nor bodies.
 *
 * @param arrival when it came
 * @param request its id
 * @param tenant whose it is; like all that follows, missing where it did not come so far
 * @param type the agent type
 * @param pod the last pod that was asked
 * @param status the HTTP status that the client was told
 * @param outcome {@code answered}, {@code client_left}, or the code of what the client was told
 * @param waitMs how long it waited for a slot
 * @param serviceMs from when the pod was asked
 * @param ms in all
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({
    "arrival",
    "request",
    "tenant",
    "type",
    "pod",
    "method",
    "path",
    "status",
    "outcome",
    "wait_ms",
    "service_ms",
    "ms"
})
public record AccessLine(
        Instant arrival,
        String request,
        @Nullable String tenant,
        @Nullable String type,
        @Nullable String pod,
        @Nullable String method,
        @Nullable String path,
        @Nullable Integer status,
        String outcome,
        @JsonProperty("wait_ms") @Nullable Long waitMs,
        @JsonProperty("service_ms") @Nullable Long serviceMs,
        @Nullable Long ms) {}
