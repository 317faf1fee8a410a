package io.agentrouter.sandbox.isolation;

import io.agentrouter.sandbox.posix.Posix;
import io.agentrouter.sandbox.settings.PrivateDirectory;
import io.agentrouter.sandbox.settings.SandboxProperties;
import io.agentrouter.sandbox.settings.SocketAccess;
import io.agentrouter.sandbox.workspace.Deletion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Commands beside this process: in a container that holds nothing secret, or without any wall where that was asked for. */
final class InPlace implements Isolation {

    /** What commands write, the agent of the same group may change and remove. */
    private static final int FOR_GROUP = 002;

    private static final int SHORT = 8;

    private final String mode;
    private final SandboxProperties properties;
    private final Optional<Confinement> confinement;
    private final List<String> searchPath;
    private final ResourceLimits limits;
    private final Path temporaries;

    /** Whether nothing but commands runs as this process's user; on one machine that is whoever uses it. */
    private final boolean ownUser;

    /** @param directory for temporary files; what an earlier process left there is deleted */
    InPlace(String mode, SandboxProperties properties, PrivateDirectory directory, Optional<Confinement> confinement)
            throws IOException {
        this.mode = mode;
        this.properties = properties;
        this.confinement = confinement;
        this.searchPath =
                SearchPath.of(System.getenv().getOrDefault("PATH", ""), Mount.parse(properties.readOnlyMounts()));
        this.limits = new ResourceLimits(properties.limits());
        this.ownUser = properties.socketAccess() == SocketAccess.GROUP;
        if (ownUser) {
            Posix.umask(FOR_GROUP);
        }
        this.temporaries = directory.path().resolve("tmp");
        Deletion.of(temporaries);
        createPrivate(temporaries);
        deleteShared();
    }

    @Override
    public String mode() {
        return mode;
    }

    @Override
    public List<String> separates() {
        return confinement.map(Confinement::separates).orElse(List.of());
    }

    @Override
    public boolean inPlace() {
        return true;
    }

    @Override
    public List<String> searchPath() {
        return searchPath;
    }

    @Override
    public Optional<Path> temporary(Job job) {
        return Optional.of(temporaries.resolve(job.id().substring(0, SHORT)));
    }

    @Override
    public void deleteShared() throws IOException {
        if (ownUser) {
            SharedMemory.empty();
        }
    }

    @Override
    public Process start(Job job, Starter starter) throws IOException {
        Path temporary = temporary(job).orElseThrow();
        createPrivate(temporary);
        ProcessBuilder builder = builder(job, temporary);
        if (confinement.isEmpty()) {
            return starter.start(builder);
        }
        return confinement.get().start(List.of(job.workspace(), temporary), () -> starter.start(builder));
    }

    private ProcessBuilder builder(Job job, Path temporary) {
        List<String> line = new ArrayList<>(List.of("setsid"));
        line.addAll(limits.prefix(job.timeout()));
        line.add("--nproc=" + properties.limits().userProcesses());
        line.add("--");
        line.addAll(job.command());
        ProcessBuilder builder = new ProcessBuilder(line)
                .directory(job.workspace().resolve(job.directory()).toFile());
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.put("PATH", String.join(":", searchPath));
        environment.put("HOME", temporary.toString());
        environment.put("TMPDIR", temporary.toString());
        environment.putAll(properties.environment());
        // A JVM does not ask for TMPDIR, and keeps its counters in /tmp whatever it is told.
        environment.merge(
                "JAVA_TOOL_OPTIONS", "-XX:-UsePerfData -Djava.io.tmpdir=" + temporary, (old, more) -> old + " " + more);
        environment.put(Job.MARK, job.id());
        return builder;
    }

    private static void createPrivate(Path directory) throws IOException {
        Files.createDirectory(
                directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
}
