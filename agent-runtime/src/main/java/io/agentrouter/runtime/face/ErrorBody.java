package io.agentrouter.runtime.face;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.agentrouter.runtime.agent.AgentException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** The one error body: RFC 9457 problem members beside OpenAI's {@code error} object, see docs/contract.md. */
record ErrorBody(String type, String title, int status, String detail, OpenAiError error) {

    /** {@code param} is there even when null, as OpenAI has it. */
    record OpenAiError(
            String message,
            String type,
            String code,

            @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable
            String param) {

        static OpenAiError of(AgentException e) {
            return new OpenAiError(
                    String.valueOf(e.getMessage()),
                    e.status() < 500 ? "invalid_request_error" : "server_error",
                    e.code(),
                    e.param());
        }
    }

    /** What a stream carries when its run fails, in the only shape that OpenAI's SDKs raise. */
    record InStream(OpenAiError error) {}

    static ErrorBody of(AgentException e) {
        HttpStatus status = HttpStatus.resolve(e.status());
        return new ErrorBody(
                "urn:agent-router:error:" + e.code(),
                status == null ? "Error" : status.getReasonPhrase(),
                e.status(),
                String.valueOf(e.getMessage()),
                OpenAiError.of(e));
    }
}
