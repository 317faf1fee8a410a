package io.agentrouter.gateway.problem;

import java.time.Duration;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ServerWebExchange;

/** An answer other than success, thrown by any link of the chain and rendered in one place. It has no stack trace: it is no defect. */
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final String ATTRIBUTE = ProblemException.class.getName();

    private final transient Problem problem;
    private final transient HttpHeaders headers;

    private ProblemException(Problem problem, HttpHeaders headers) {
        super(problem.error().code() + ": " + problem.detail(), null, false, false);
        this.problem = problem;
        this.headers = headers;
    }

    /** The client has to change the request. */
    public static ProblemException invalid(HttpStatus status, String code, String detail) {
        return new ProblemException(Problem.of(status, code, detail, null), new HttpHeaders());
    }

    /** A 400: the client has to change the request. */
    public static ProblemException badRequest(String code, String detail) {
        return invalid(HttpStatus.BAD_REQUEST, code, detail);
    }

    /** A 400: the client has to change one field of the request. */
    public static ProblemException badField(String code, String param, String detail) {
        return new ProblemException(Problem.of(HttpStatus.BAD_REQUEST, code, detail, param), new HttpHeaders());
    }

    /** Refused before anything began: the client may send the request again after {@code retryAfter}, rounded up to whole seconds. */
    public static ProblemException refused(HttpStatus status, String code, Duration retryAfter, String detail) {
        return new ProblemException(Problem.of(status, code, detail, null), new HttpHeaders())
                .with("X-Should-Retry", "true")
                .with(HttpHeaders.RETRY_AFTER, Long.toString((retryAfter.toMillis() + 999) / 1000));
    }

    /** Failed after it began: sending it again would do the work twice. */
    public static ProblemException failed(HttpStatus status, String code, String detail) {
        return new ProblemException(Problem.of(status, code, detail, null), new HttpHeaders())
                .with("X-Should-Retry", "false");
    }

    /** This problem with one more header of the answer. */
    public ProblemException with(String header, String value) {
        HttpHeaders more = new HttpHeaders(headers);
        more.set(header, value);
        return new ProblemException(problem, more);
    }

    /** This problem with what it was like to wait. */
    public ProblemException with(Problem.Queue others) {
        return new ProblemException(problem.with(others), headers);
    }

    /** What went wrong with this exchange, if anything did. */
    public static Optional<ProblemException> of(ServerWebExchange exchange) {
        return Optional.ofNullable(exchange.getAttribute(ATTRIBUTE));
    }

    /** Leaves word of itself for the log. */
    public void enter(ServerWebExchange exchange) {
        exchange.getAttributes().put(ATTRIBUTE, this);
    }

    public Problem problem() {
        return problem;
    }

    /** Headers of the answer, beside its content type. */
    public HttpHeaders headers() {
        return HttpHeaders.readOnlyHttpHeaders(headers);
    }
}
