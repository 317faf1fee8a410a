package io.agentrouter.coding.tool;

import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;
import io.agentrouter.coding.sandbox.ExecResult;
import io.agentrouter.coding.sandbox.SandboxClient;
import io.agentrouter.coding.sandbox.SandboxException;
import io.agentrouter.coding.workspace.WorkspaceException;
import io.agentrouter.coding.workspace.WorkspacePath;
import io.agentrouter.runtime.agent.ToolException;
import io.agentrouter.runtime.agent.ToolOutput;
import io.agentrouter.runtime.model.Tools;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Runs a shell command in the workspace, through the sandbox. */
public final class ExecTool {

    public static final String NAME = "exec";

    private final SandboxClient sandbox;
    private final String workspace;
    private final ToolLimits limits;
    private final Instant end;
    private final io.agentrouter.runtime.agent.Tool tool;
    private volatile boolean ran;

    /** @param end when the last command has to have ended */
    public ExecTool(SandboxClient sandbox, String workspace, ToolLimits limits, Instant end) {
        this.sandbox = sandbox;
        this.workspace = workspace;
        this.limits = limits;
        this.end = end;
        this.tool = Tools.of(this).getFirst();
    }

    public io.agentrouter.runtime.agent.Tool tool() {
        return tool;
    }

    /** Whether any command was run, so that the workspace may hold what only a command can remove. */
    public boolean ran() {
        return ran;
    }

    @Tool(name = NAME, value = "Run a shell command, for example the tests. There is no network.")
    Mono<ToolOutput> exec(
            @P("for sh") String command,
            @P(value = "where to run it; the workspace's root by default", required = false) @Nullable String directory,
            @P(value = "when to stop it", required = false) @Nullable Long timeoutSeconds) {
        return Mono.fromCallable(() -> WorkspacePath.parse(Objects.requireNonNullElse(directory, ".")))
                .flatMap(where -> run(command, where, timeout(timeoutSeconds)))
                .map(this::output)
                .onErrorMap(
                        e -> e instanceof WorkspaceException || e instanceof SandboxException,
                        e -> new ToolException(String.valueOf(e.getMessage())));
    }

    private Mono<ExecResult> run(String command, WorkspacePath where, Duration timeout) {
        ran = true;
        return sandbox.exec(workspace, command, where.isRoot() ? "" : where.toString(), timeout);
    }

    /** A command that fails is no failure of the tool. */
    private ToolOutput output(ExecResult result) {
        return new ToolOutput(result.outcome() + "\n" + Clip.middle(result.output(), limits.maxOutput()), false);
    }

    private Duration timeout(@Nullable Long seconds) {
        long left = Duration.between(Instant.now(), end).toSeconds();
        long most = Math.max(1, Math.min(left, limits.maxExecTimeout().toSeconds()));
        long asked = Objects.requireNonNullElse(seconds, limits.execTimeout().toSeconds());
        return Duration.ofSeconds(Math.clamp(asked, 1, most));
    }
}
