package io.agentrouter.sandbox.workspace;

import io.agentrouter.sandbox.refusal.Refusal;
import io.agentrouter.sandbox.settings.SandboxProperties;
import io.agentrouter.sandbox.settings.SocketAccess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

/** Finds workspaces by name, and lets no name or link lead out of the shared directory. */
@Component
public class Workspaces {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

    private static final Duration WAIT_FOR_COMMAND = Duration.ofMillis(100);
    private static final int WAITS = 50;

    private final Path directory;
    private final Set<Path> taken = ConcurrentHashMap.newKeySet();

    /** Where the agent is another user, the directory is made by the agent: it may not be the sandbox's to write to. */
    Workspaces(SandboxProperties properties) throws IOException {
        this.directory = properties.workspaces();
        if (properties.socketAccess() == SocketAccess.OWNER) {
            Files.createDirectories(directory);
        }
    }

    /** The real path of a workspace; refused as {@code invalid_request} or {@code workspace_unknown}. */
    public Path find(String name) {
        if (!NAME.matcher(name).matches()) {
            throw Refusal.invalid("workspace", "workspace must match " + NAME.pattern());
        }
        try {
            Path workspace = directory.toRealPath().resolve(name);
            if (Files.isDirectory(workspace, LinkOption.NOFOLLOW_LINKS)) {
                return workspace;
            }
        } catch (IOException e) {
            // The agent has not made the directory yet.
        }
        throw Refusal.unknownWorkspace();
    }

    /** A directory of a workspace as a path relative to it; refused when it is none or lies outside. */
    public Path directory(Path workspace, String directory) {
        try {
            Path real = workspace.resolve(directory).toRealPath();
            if (real.startsWith(workspace) && Files.isDirectory(real)) {
                return workspace.relativize(real);
            }
        } catch (IOException | InvalidPathException e) {
            // Missing, unreadable, a loop of links: all the same to whoever asked.
        }
        throw Refusal.invalid("directory", "directory must name a directory inside the workspace, relative to it");
    }

    /** Takes a workspace for one command; refused as {@code busy} when another has it. */
    public void take(Path workspace) {
        if (!taken.add(workspace)) {
            throw Refusal.busy("A command already runs in this workspace.");
        }
    }

    /** Gives back a workspace when nothing of its command is left. */
    public void giveBack(Path workspace) {
        taken.remove(workspace);
    }

    /**
     * Deletes a workspace and whatever commands left in it, itself excepted where its directory is the agent's; waits a few
     * seconds for a command that is just ending, then refuses as {@code busy}.
     */
    public Mono<Void> delete(String name) {
        return Mono.fromCallable(() -> deleteAlone(find(name)))
                .subscribeOn(Schedulers.boundedElastic())
                .retryWhen(Retry.fixedDelay(WAITS, WAIT_FOR_COMMAND)
                        .filter(Refusal::isBusy)
                        .onRetryExhaustedThrow((retry, signal) -> signal.failure()))
                .then();
    }

    private Path deleteAlone(Path workspace) throws IOException {
        take(workspace);
        try {
            Deletion.of(workspace);
        } finally {
            giveBack(workspace);
        }
        return workspace;
    }
}
