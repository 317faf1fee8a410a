package io.agentrouter.coding.tool;

import io.agentrouter.coding.sandbox.ExecResult;
import io.agentrouter.coding.sandbox.SandboxClient;
import io.agentrouter.coding.sandbox.SandboxException;
import io.agentrouter.coding.workspace.WorkspaceException;
import io.agentrouter.coding.workspace.WorkspacePath;
import io.agentrouter.runtime.agent.Tool;
import io.agentrouter.runtime.agent.ToolOutput;
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
    private volatile boolean ran;

    /** @param end when the last command has to have ended */
    public ExecTool(SandboxClient sandbox, String workspace, ToolLimits limits, Instant end) {
        this.sandbox = sandbox;
        this.workspace = workspace;
        this.limits = limits;
        this.end = end;
    }

    /** Its arguments. */
    public record Command(
            @Nullable String command,
            @Nullable String directory,
            @Nullable Long timeoutSeconds) {}

    public Tool tool() {
        return JsonTool.of(
                NAME,
                "Run a shell command, for example the tests. There is no network.",
                """
                {"type":"object","properties":{"command":{"type":"string"},
                "directory":{"type":"string","description":"where, \\".\\" by default"},
                "timeoutSeconds":{"type":"integer"}},"required":["command"]}""",
                Command.class,
                this::run);
    }

    /** Whether any command was run, so that the workspace may hold what only a command can remove. */
    public boolean ran() {
        return ran;
    }

    private Mono<ToolOutput> run(Command arguments) {
        try {
            String command = JsonTool.required(arguments.command(), "command");
            WorkspacePath directory = WorkspacePath.parse(Objects.requireNonNullElse(arguments.directory(), "."));
            ran = true;
            return sandbox.exec(workspace, command, directory.isRoot() ? "" : directory.toString(), timeout(arguments))
                    .map(this::output)
                    .onErrorResume(SandboxException.class, e -> JsonTool.failed(e.getMessage()));
        } catch (WorkspaceException e) {
            return JsonTool.failed(e.getMessage());
        }
    }

    /** A command that fails is no failure of the tool. */
    private ToolOutput output(ExecResult result) {
        return new ToolOutput(result.outcome() + "\n" + Clip.middle(result.output(), limits.maxOutput()), false);
    }

    private Duration timeout(Command arguments) {
        long left = Duration.between(Instant.now(), end).toSeconds();
        long most = Math.max(1, Math.min(left, limits.maxExecTimeout().toSeconds()));
        long asked = Objects.requireNonNullElse(
                arguments.timeoutSeconds(), limits.execTimeout().toSeconds());
        return Duration.ofSeconds(Math.clamp(asked, 1, most));
    }
}
