package io.agentrouter.sandbox.isolation;

import io.agentrouter.sandbox.settings.SandboxProperties;
import java.util.ArrayList;
import java.util.List;

/** Commands beside this process: in a container that holds nothing secret, or without any wall where that was asked for. */
final class InPlace implements Isolation {

    private final String mode;
    private final SandboxProperties properties;
    private final List<String> searchPath;
    private final ResourceLimits limits;

    InPlace(String mode, SandboxProperties properties) {
        this.mode = mode;
        this.properties = properties;
        this.searchPath =
                SearchPath.of(System.getenv().getOrDefault("PATH", ""), Mount.parse(properties.readOnlyMounts()));
        this.limits = new ResourceLimits(properties.limits());
    }

    @Override
    public String mode() {
        return mode;
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
    public ProcessBuilder prepare(Job job) {
        List<String> line = new ArrayList<>(List.of("setsid"));
        line.addAll(limits.prefix(job.timeout()));
        line.add("--");
        line.addAll(job.command());
        ProcessBuilder builder = new ProcessBuilder(line)
                .directory(job.workspace().resolve(job.directory()).toFile());
        builder.environment().clear();
        builder.environment().put("PATH", String.join(":", searchPath));
        builder.environment().put("HOME", job.workspace().toString());
        builder.environment().putAll(properties.environment());
        builder.environment().put(Job.MARK, job.id());
        return builder;
    }
}
