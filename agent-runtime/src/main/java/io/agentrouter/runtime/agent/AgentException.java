package io.agentrouter.runtime.agent;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A failure with an answer for the client: its message says what to do and holds no secret, prompt or path of the server. */
public final class AgentException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final @Nullable String param;
    private final Duration retryAfter;

    /**
     * @param status the HTTP status, if the answer has not begun
     * @param code from the table in docs/contract.md
     * @param param the request's field at fault, or null
     * @param message one sentence for the client
     */
    public AgentException(int status, String code, @Nullable String param, String message) {
        this(status, code, param, message, Duration.ZERO);
    }

    /** As above; {@code retryAfter} is how long a client should wait before it asks again, zero if nothing tells. */
    public AgentException(int status, String code, @Nullable String param, String message, Duration retryAfter) {
        super(message);
        this.status = status;
        this.code = code;
        this.param = param;
        this.retryAfter = retryAfter;
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    public @Nullable String param() {
        return param;
    }

    public Duration retryAfter() {
        return retryAfter;
    }
}
