package io.agentrouter.sandbox.refusal;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** A request that the sandbox refuses before anything was begun. */
public final class Refusal extends RuntimeException {

    private final HttpStatus status;
    private final String code;
    private final @Nullable String param;

    private Refusal(HttpStatus status, String code, @Nullable String param, String message) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.param = param;
    }

    /** A field of the request has a value that cannot be used. */
    public static Refusal invalid(String param, String message) {
        return new Refusal(HttpStatus.BAD_REQUEST, "invalid_request", param, message);
    }

    /** No workspace of that name. */
    public static Refusal unknownWorkspace() {
        return new Refusal(
                HttpStatus.NOT_FOUND,
                "workspace_unknown",
                "workspace",
                "There is no such workspace: make a directory of that name in the shared workspaces directory first.");
    }

    /** Commands do not run here. */
    public static Refusal off(String reason) {
        return new Refusal(HttpStatus.FORBIDDEN, "exec_off", null, "Commands do not run here. " + reason);
    }

    /** All places are taken; the same request may succeed soon. */
    public static Refusal busy(String reason) {
        return new Refusal(HttpStatus.SERVICE_UNAVAILABLE, "busy", null, reason + " Try again in a second.");
    }

    /** Whether a failure says that the same request may succeed soon. */
    public static boolean isBusy(Throwable failure) {
        return failure instanceof Refusal refusal && refusal.status == HttpStatus.SERVICE_UNAVAILABLE;
    }

    public HttpStatus status() {
        return status;
    }

    public String code() {
        return code;
    }

    /** The field of the request that is wrong; null when it is none. */
    public @Nullable String param() {
        return param;
    }

    /** The sentence for whoever asked; never null. */
    public String detail() {
        return String.valueOf(getMessage());
    }
}
