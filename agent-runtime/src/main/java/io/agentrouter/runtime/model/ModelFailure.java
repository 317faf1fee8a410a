package io.agentrouter.runtime.model;

import io.agentrouter.runtime.agent.AgentException;
import java.time.Duration;
import org.springframework.http.HttpHeaders;

/** One failed attempt to ask the model: what the client is told in the end, and whether and when to ask again. */
final class ModelFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final AgentException reported;
    private final boolean retriable;
    private final Duration retryAfter;

    private ModelFailure(AgentException reported, boolean retriable, Duration retryAfter) {
        super(reported.getMessage(), null, false, false);
        this.reported = reported;
        this.retriable = retriable;
        this.retryAfter = retryAfter;
    }

    static ModelFailure noKey() {
        String message = "This agent needs a model and has no key for it: whoever runs it sets OPENAI_API_KEY or mounts"
                + " model.api-key-file.";
        return failed(502, "model_unavailable", message);
    }

    /** The model's server answered with an error; its own words are left out, since they may quote key or prompt. */
    static ModelFailure status(int status, HttpHeaders headers) {
        if (status == 429) {
            String message = "The model's server limits the rate (429). Try again later.";
            Duration retryAfter = RetryAfter.of(headers);
            return new ModelFailure(
                    new AgentException(503, "model_rate_limited", null, message, retryAfter), true, retryAfter);
        }
        if (status >= 500) {
            String message = "The model's server failed (" + status + "). Try again later.";
            return new ModelFailure(
                    new AgentException(502, "model_unavailable", null, message), true, RetryAfter.of(headers));
        }
        return failed(502, "model_rejected", "The model's server refused the request (" + status + ")" + hint(status));
    }

    /** The connection failed, before or after the answer had begun. */
    static ModelFailure connection(boolean begun) {
        String message = begun
                ? "The model's server broke off in the middle of its answer. Ask again."
                : "The model's server cannot be reached. Try again later.";
        return new ModelFailure(new AgentException(502, "model_unavailable", null, message), !begun, Duration.ZERO);
    }

    static ModelFailure unreadable() {
        return failed(502, "model_unavailable", "The model's server sent what is not a Chat Completions stream.");
    }

    static ModelFailure inStream() {
        return failed(502, "model_unavailable", "The model's server reported an error within its answer. Ask again.");
    }

    static ModelFailure silent(String limit, Duration time) {
        String message =
                "The model stayed silent beyond " + limit + " (" + time.toMillis() / 1000.0 + " s). Ask again.";
        return failed(504, "model_timeout", message);
    }

    AgentException reported() {
        return reported;
    }

    boolean retriable() {
        return retriable;
    }

    /** How long the server asked to wait; zero if it did not. */
    Duration retryAfter() {
        return retryAfter;
    }

    private static ModelFailure failed(int status, String code, String message) {
        return new ModelFailure(new AgentException(status, code, null, message), false, Duration.ZERO);
    }

    private static String hint(int status) {
        return switch (status) {
            case 401, 403 -> ": the key is not accepted.";
            case 404 -> ": it does not know the model or the path.";
            case 413 -> ": it is too large.";
            default -> ".";
        };
    }
}
