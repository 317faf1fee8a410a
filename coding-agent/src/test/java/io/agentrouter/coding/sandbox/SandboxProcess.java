package io.agentrouter.coding.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/** The sandbox's own jar as a process, with commands in bubblewrap. */
public final class SandboxProcess implements AutoCloseable {

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
     */
    public static SandboxProcess start(Path directory, Path workspaces) throws IOException {
        Path jar = Path.of("../sandbox/target/sandbox-0.1.0-SNAPSHOT.jar");
        assumeTrue(Files.exists(jar), "the sandbox's jar is not there: build with `mvn verify -pl coding-agent -am`");
        Path socket = directory.resolve("socket/s");
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-jar",
                        jar.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("sandbox.log").toFile());
        builder.environment().put("SANDBOX_SOCKET", socket.toString());
        builder.environment().put("SANDBOX_WORKSPACES", workspaces.toString());
        SandboxProcess sandbox = new SandboxProcess(builder.start(), socket);
        try {
            sandbox.awaitExec();
        } catch (RuntimeException | Error e) {
            sandbox.close();
            throw e;
        }
        return sandbox;
    }

    private void awaitExec() {
        SandboxClient client = new SandboxClient(socket);
        await().atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .untilAsserted(() ->
                        assertThat(client.modes().block(Duration.ofSeconds(3))).isNotNull());
        Set<String> modes = client.modes().blockOptional(Duration.ofSeconds(3)).orElseThrow();
        assumeTrue(modes.isEmpty(), "bubblewrap does not work on this machine: commands cannot be run in tests");
    }

    public Path socket() {
        return socket;
    }

    /** Whether a command finds a program. */
    public boolean has(String workspace, String program) {
        ExecResult result = new SandboxClient(socket)
                .exec(workspace, "command -v " + program, "", Duration.ofSeconds(20))
                .blockOptional()
                .orElseThrow();
        return Integer.valueOf(0).equals(result.exitCode());
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
