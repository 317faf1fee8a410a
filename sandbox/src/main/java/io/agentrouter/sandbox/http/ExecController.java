package io.agentrouter.sandbox.http;

import io.agentrouter.sandbox.exec.Exec;
import io.agentrouter.sandbox.exec.ExecResult;
import io.agentrouter.sandbox.isolation.Job;
import io.agentrouter.sandbox.refusal.Refusal;
import io.agentrouter.sandbox.settings.SandboxProperties;
import io.agentrouter.sandbox.workspace.Workspaces;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** {@code POST /v1/exec}. */
@RestController
class ExecController {

    private static final int MOST_ARGUMENTS = 1000;

    private final SandboxProperties properties;
    private final Workspaces workspaces;
    private final Exec exec;

    ExecController(SandboxProperties properties, Workspaces workspaces, Exec exec) {
        this.properties = properties;
        this.workspaces = workspaces;
        this.exec = exec;
    }

    /** A look at the disk may take its time, and others wait on the event loop. */
    @PostMapping("/v1/exec")
    Mono<ExecResult> exec(@RequestBody ExecRequest request) {
        return Mono.fromCallable(() -> job(request))
                .subscribeOn(Schedulers.boundedElastic())
                .flatMap(exec::run);
    }

    private Job job(ExecRequest request) {
        Path workspace = workspaces.find(Objects.requireNonNullElse(request.workspace(), ""));
        Path directory = workspaces.directory(workspace, Objects.requireNonNullElse(request.directory(), ""));
        String id = UUID.randomUUID().toString();
        return new Job(id, workspace, directory, command(request), timeout(request.timeoutSeconds()));
    }

    private static List<String> command(ExecRequest request) {
        List<@Nullable String> command = Objects.requireNonNullElse(request.command(), List.of());
        List<String> clean = command.stream()
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .filter(argument -> argument.indexOf('\0') < 0)
                .toList();
        if (clean.isEmpty() || clean.size() != command.size() || clean.size() > MOST_ARGUMENTS) {
            throw Refusal.invalid(
                    "command",
                    "command must be 1 to " + MOST_ARGUMENTS + " strings without a zero byte: a program, arguments");
        }
        return clean;
    }

    private Duration timeout(@Nullable Long seconds) {
        if (seconds == null) {
            return properties.timeout();
        }
        long most = properties.limits().time().toSeconds();
        if (seconds < 1 || seconds > most) {
            throw Refusal.invalid("timeoutSeconds", "timeoutSeconds must be between 1 and " + most);
        }
        return Duration.ofSeconds(seconds);
    }
}
