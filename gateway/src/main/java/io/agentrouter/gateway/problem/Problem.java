package io.agentrouter.gateway.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * The one error body: RFC 9457 problem members plus the OpenAI {@code error} object (docs/contract.md).
 *
 * @param type a URN made from the code
 * @param title the status in words
 * @param status the HTTP status
 * @param detail one sentence that says what to do
 * @param error the same for OpenAI SDKs
 * @param queue how long others wait, where the request got no slot or may not use it
 */
@JsonPropertyOrder({"type", "title", "status", "detail", "error", "queue"})
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        OpenAiError error,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Queue queue) {

    public static final String MEDIA_TYPE = "application/problem+json";

    /**
     * From what differs between errors.
     *
     * @param param the field of the request that is at fault, or null
     */
    public static Problem of(HttpStatus status, String code, String detail, @Nullable String param) {
        String kind = status.is4xxClientError() ? "invalid_request_error" : "server_error";
        return new Problem(
                "urn:agent-router:error:" + code,
                status.getReasonPhrase(),
                status.value(),
                detail,
                new OpenAiError(detail, kind, code, param),
                null);
    }

    Problem with(Queue others) {
        return new Problem(type, title, status, detail, error, others);
    }

    /**
     * Those who wait for the same agent type.
     *
     * @param length how many
     * @param estimatedWait how long one more would wait, in seconds
     */
    public record Queue(
            int length, @JsonProperty("estimated_wait") double estimatedWait) {}

    /** What OpenAI SDKs read; also the {@code error} event in a stream. */
    public record OpenAiError(
            String message,
            String type,
            String code,
            @Nullable String param) {}
}
