package io.agentrouter.coding.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The sandbox's own jar as a process, with commands in bubblewrap. */
public final class SandboxProcess implements AutoCloseable {

    public static final Path JAR = Path.of("../sandbox/target/sandbox-0.1.0-SNAPSHOT.jar");

    private final Process process;
    private final Path socket;

    private SandboxProcess(Process process, Path socket) {
        this.process = process;
        this.socket = socket;
    }

    /**
     * Starts it, and waits until commands can be run.
     *
     * @param directory for its socket and log
     * @param workspaces shared with the agent
     * @param properties of the sandbox, {@code name=value}
     */
    public static SandboxProcess start(Path directory, Path workspaces, String... properties) throws IOException {
        SandboxProcess sandbox = launch(directory, workspaces, properties);
        try {
            Set<String> modes = sandbox.awaitModes();
            assumeTrue(modes.isEmpty(), "bubblewrap does not work on this machine: commands cannot be run in tests");
        } catch (RuntimeException | Error e) {
            sandbox.close();
            throw e;
        }
        return sandbox;
    }

    /** Starts it, whatever it may say of itself. */
    public static SandboxProcess launch(Path directory, Path workspaces, String... properties) throws IOException {
        assumeTrue(Files.exists(JAR), "the sandbox's jar is not there: build with `mvn verify -pl coding-agent -am`");
        return launch(List.of(), JAR, directory, workspaces, properties);
    }

    /** Starts it by way of another command, for example as another user. */
    public static SandboxProcess launch(
            List<String> wrapper, Path jar, Path directory, Path workspaces, String... properties) throws IOException {
        Path socket = directory.resolve("socket/s");
        List<String> line = new ArrayList<>(wrapper);
        line.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-jar",
                jar.toString()));
        List.of(properties).forEach(property -> line.add("--sandbox." + property));
        ProcessBuilder builder = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("sandbox.log").toFile());
        builder.environment().put("SANDBOX_SOCKET", socket.toString());
        builder.environment().put("SANDBOX_WORKSPACES", workspaces.toString());
        return new SandboxProcess(builder.start(), socket);
    }

    /** Waits until it answers; what it says is switched off or unusual. */
    public Set<String> awaitModes() {
        SandboxClient client = new SandboxClient(socket);
        await().atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .untilAsserted(() ->
                        assertThat(client.modes().block(Duration.ofSeconds(3))).isNotNull());
        return client.modes().blockOptional(Duration.ofSeconds(3)).orElseThrow();
    }

    public Path socket() {
        return socket;
    }

    /** As kill -9 does. */
    public void kill() {
        close();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
