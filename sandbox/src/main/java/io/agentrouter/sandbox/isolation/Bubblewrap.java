package io.agentrouter.sandbox.isolation;

import io.agentrouter.sandbox.settings.SandboxProperties;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Namespaces of its own for each command, made by bubblewrap. Where this process runs as root, a first bubblewrap makes the
 * view (only root may reach its parts), hands the workspace to an unprivileged user, and a second one, started by that
 * user, makes the same user namespace that an ordinary user's command lives in.
 */
final class Bubblewrap implements Isolation {

    private static final String WORKSPACE = "/workspace";
    private static final String HAND_OVER = "chown -RhP \"$1:$1\" " + WORKSPACE + " && shift && exec \"$@\"";

    private final SandboxProperties properties;
    private final boolean root;
    private final BubblewrapView view;
    private final ResourceLimits limits;

    Bubblewrap(SandboxProperties properties, boolean root, BubblewrapView view) {
        this.properties = properties;
        this.root = root;
        this.view = view;
        this.limits = new ResourceLimits(properties.limits());
    }

    @Override
    public String mode() {
        return "bubblewrap";
    }

    @Override
    public boolean inPlace() {
        return false;
    }

    @Override
    public List<String> searchPath() {
        return view.searchPath();
    }

    @Override
    public List<String> separates() {
        return List.of("files", "processes", "network");
    }

    /** Each command has a {@code /dev/shm} of its own, which ends with it. */
    @Override
    public void deleteShared() {}

    /** Temporary files are a file system of the command's own, gone with it. */
    @Override
    public Optional<Path> temporary(Job job) {
        return Optional.empty();
    }

    @Override
    public Process start(Job job, Starter starter) throws IOException {
        return starter.start(builder(job));
    }

    private ProcessBuilder builder(Job job) {
        List<String> line = new ArrayList<>();
        line.add("bwrap");
        line.addAll(view.arguments(job.workspace()));
        if (root) {
            line.addAll(asUnprivilegedUser());
        }
        line.addAll(List.of("--unshare-user", "--disable-userns", "--uid", "1000", "--gid", "1000"));
        line.addAll(
                List.of("--chdir", Path.of(WORKSPACE).resolve(job.directory()).toString(), "--"));
        line.addAll(limits.prefix(job.timeout()));
        line.add("--nproc=" + properties.limits().processes());
        line.add("--");
        line.addAll(job.command());
        ProcessBuilder builder = new ProcessBuilder(line);
        builder.environment().clear();
        builder.environment().put("PATH", System.getenv().getOrDefault("PATH", "/usr/bin:/bin"));
        return builder;
    }

    private List<String> asUnprivilegedUser() {
        String user = Integer.toString(properties.user());
        List<String> line = new ArrayList<>(List.of("--cap-drop", "ALL"));
        for (String capability : List.of("SETUID", "SETGID", "SETPCAP", "CHOWN", "DAC_READ_SEARCH")) {
            line.addAll(List.of("--cap-add", "CAP_" + capability));
        }
        line.addAll(List.of("--", "/bin/sh", "-c", HAND_OVER, "sh", user));
        line.addAll(List.of("setpriv", "--reuid=" + user, "--regid=" + user, "--clear-groups", "--inh-caps=-all"));
        line.addAll(List.of("--bounding-set=-all", "--no-new-privs"));
        line.addAll(List.of("bwrap", "--dev-bind", "/", "/"));
        return line;
    }
}
