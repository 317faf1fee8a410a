package io.agentrouter.sandbox.http;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** The one error body: RFC 9457 problem members and the OpenAI {@code error} object. */
record Problem(String type, String title, int status, String detail, OpenAiError error) {

    record OpenAiError(
            String message,
            String type,
            String code,
            @Nullable String param) {}

    static Problem of(HttpStatus status, String code, @Nullable String param, String detail) {
        String kind = status.is4xxClientError() ? "invalid_request_error" : "server_error";
        return new Problem(
                "urn:agent-router:error:" + code,
                status.getReasonPhrase(),
                status.value(),
                detail,
                new OpenAiError(detail, kind, code, param));
    }
}
