package io.agentrouter.coding.sandbox;

import io.netty.channel.unix.DomainSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpStatus;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientRequestException;
import org.springframework.web.reactive.function.client.WebClientResponseException;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/**
 * The sandbox's HTTP face over its Unix domain socket. Each call has a connection of its own, which cancelling closes: the
 * sandbox then ends the command. Answers are bounded, since hostile code may stand behind them.
 */
public final class SandboxClient {

    static final int MAX_ANSWER = 4 << 20;

    /** What the sandbox takes beyond a command's own time, to end it and to answer. */
    private static final Duration MARGIN = Duration.ofSeconds(15);

    private static final Duration HEALTH_DEADLINE = Duration.ofSeconds(2);

    private final WebClient http;

    public SandboxClient(Path socket) {
        HttpClient client = HttpClient.create(ConnectionProvider.newConnection())
                .remoteAddress(() -> new DomainSocketAddress(socket.toString()));
        this.http = WebClient.builder()
                .clientConnector(new ReactorClientHttpConnector(client))
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(MAX_ANSWER))
                .build();
    }

    private record Request(String workspace, List<String> command, String directory, long timeoutSeconds) {}

    private record Answer(
            @Nullable Integer exitCode,
            @Nullable String output,
            @Nullable String ended,
            double seconds) {}

    private record Health(@Nullable Set<String> modes) {}

    private record Problem(@Nullable String detail) {}

    /**
     * Runs a shell command in a workspace.
     *
     * @param directory relative to the workspace, empty for the workspace itself
     * @return how it ended, or a {@link SandboxException}; cancelling ends the command
     */
    public Mono<ExecResult> exec(String workspace, String command, String directory, Duration timeout) {
        return http.post()
                .uri("/v1/exec")
                .bodyValue(new Request(workspace, shell(command), directory, timeout.toSeconds()))
                .retrieve()
                .bodyToMono(Answer.class)
                .timeout(timeout.plus(MARGIN))
                .map(answer -> new ExecResult(
                        answer.exitCode(),
                        Objects.requireNonNullElse(answer.output(), ""),
                        Objects.requireNonNullElse(answer.ended(), "exited"),
                        answer.seconds()))
                .onErrorMap(SandboxClient::inWords);
    }

    /** Python keeps what it compiled by second and size, which a quick edit may leave as they were. */
    private static List<String> shell(String command) {
        return List.of("env", "PYTHONDONTWRITEBYTECODE=1", "sh", "-c", command);
    }

    /** Deletes what is in a workspace, as the user who ran its commands; one that is not there is no error. */
    public Mono<Void> empty(String workspace) {
        return http.delete()
                .uri("/v1/workspaces/{name}", workspace)
                .retrieve()
                .toBodilessEntity()
                .onErrorComplete(WebClientResponseException.NotFound.class)
                .onErrorMap(SandboxClient::inWords)
                .then();
    }

    /** What is switched off or unusual: {@code exec-off}, {@code exec-unsafe}. An error when there is no answer in time. */
    public Mono<Set<String>> modes() {
        return http.get()
                .uri("/health")
                .retrieve()
                .bodyToMono(Health.class)
                .map(health -> Objects.requireNonNullElse(health.modes(), Set.<String>of()))
                .timeout(HEALTH_DEADLINE);
    }

    private static Throwable inWords(Throwable error) {
        return switch (error) {
            case WebClientResponseException large
            when large.getCause() instanceof DataBufferLimitException ->
                new SandboxException("The sandbox's answer is larger than " + MAX_ANSWER + " bytes.");
            case WebClientResponseException refused ->
                new SandboxException(
                        "The sandbox refused: " + detail(refused),
                        refused.getStatusCode().isSameCodeAs(HttpStatus.SERVICE_UNAVAILABLE));
            case WebClientRequestException unreachable ->
                new SandboxException("The sandbox cannot be reached, or broke off.", true);
            case TimeoutException late -> new SandboxException("The sandbox did not answer in time.");
            default -> new SandboxException("The sandbox's answer cannot be read.");
        };
    }

    private static String detail(WebClientResponseException refused) {
        try {
            Problem problem = refused.getResponseBodyAs(Problem.class);
            return problem == null || problem.detail() == null ? "no reason was given." : problem.detail();
        } catch (RuntimeException e) {
            return "no reason was given.";
        }
    }
}
