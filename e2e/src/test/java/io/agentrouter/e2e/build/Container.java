package io.agentrouter.e2e.build;

import static io.agentrouter.e2e.system.Shell.run;

import io.agentrouter.e2e.system.Shell;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A container of one of this build's images on the host's network, under what a pod puts on it: no privilege, a root file
 * system that cannot be written, a temporary directory of its own.
 */
final class Container implements AutoCloseable {

    private final String id;

    private Container(String id) {
        this.id = id;
    }

    /** @param options of {@code docker run}: limits and environment */
    static Container start(String module, List<String> options) {
        List<String> command = new ArrayList<>(List.of("run", "--detach", "--network=host", "--read-only"));
        command.addAll(List.of("--tmpfs=/tmp:exec,mode=1777", "--cap-drop=ALL", "--security-opt=no-new-privileges"));
        command.addAll(options);
        command.add(image(module));
        return new Container(docker(command));
    }

    static String image(String module) {
        return "%s/%s:%s".formatted(System.getProperty("image.registry"), module, System.getProperty("image.tag"));
    }

    static String docker(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of("docker"));
        command.addAll(arguments);
        return run(Path.of("."), command).orFail().strip();
    }

    /** When its first process was started. */
    Instant started() {
        return Instant.parse(inspect("{{.State.StartedAt}}"));
    }

    boolean runs() {
        return inspect("{{.State.Running}}").equals("true");
    }

    /** Runs a command in it. */
    Shell.Output exec(String... command) {
        return run(
                Path.of("."),
                Stream.concat(Stream.of("docker", "exec", id), Stream.of(command))
                        .toList());
    }

    String log() {
        return docker(List.of("logs", id));
    }

    /** Sends it SIGTERM. Its exit code; 137 if it had to be killed after a while. */
    int stop() {
        docker(List.of("stop", "--time=30", id));
        return Integer.parseInt(inspect("{{.State.ExitCode}}"));
    }

    @Override
    public void close() {
        docker(List.of("rm", "--force", id));
    }

    private String inspect(String format) {
        return docker(List.of("inspect", "--format", format, id));
    }
}
