package io.agentrouter.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.springframework.util.FileSystemUtils;

/**
 * A sandbox as it is in production: a process of its own, on a socket of its own. Where the tests run as root it can be
 * started as an ordinary user.
 */
public final class TestSandbox implements AutoCloseable {

    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

    /** A key that whoever starts the sandbox has in his session. */
    static final String SESSION_KEY = "key-of-the-session";

    private final Path directory;
    private final Path log;
    private final User user;
    private final List<String> properties;
    private final Map<String, String> environment;
    private final SandboxClient client;
    private Process process;

    private TestSandbox(User user, Path directory, Map<String, String> environment, List<String> properties)
            throws IOException {
        this.user = user;
        this.properties = properties;
        this.environment = environment;
        this.directory = directory;
        this.log = Files.createTempFile("sandbox-test-", ".log");
        user.own(directory);
        this.client = new SandboxClient(socket());
        this.process = begin();
        awaitStart();
    }

    public static TestSandbox start(String... properties) throws IOException {
        return start(User.SELF, Map.of(), properties);
    }

    /** As a user with no other process; as the user of the tests where that is not root. */
    public static TestSandbox startAsOrdinaryUser(String... properties) throws IOException {
        return start(User.ordinary(), Map.of(), properties);
    }

    static TestSandbox start(User user, Map<String, String> environment, String... properties) throws IOException {
        return start(user, Files.createTempDirectory("sandbox-test-"), environment, properties);
    }

    /**
     * In a directory that may hold something already.
     *
     * @throws IOException with the sandbox's log, when it does not start
     */
    static TestSandbox start(User user, Path directory, Map<String, String> environment, String... properties)
            throws IOException {
        Files.createDirectories(directory.resolve("workspaces"));
        return new TestSandbox(user, directory, environment, List.of(properties));
    }

    static TestSandbox startWithoutWorkspaces(User user, Path directory, String... properties) throws IOException {
        return new TestSandbox(user, directory, Map.of(), List.of(properties));
    }

    private Process begin() throws IOException {
        List<String> line = new ArrayList<>(Python.inSessionWithKey(SESSION_KEY, CommandTests.CANARY));
        line.add(JAVA.toString());
        line.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx96m"));
        line.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-Dio.netty.leakDetection.level=paranoid"));
        line.add("-Dreactor.netty.ioShutdownQuietPeriod=0");
        line.addAll(List.of("-cp", user.classPath(), "io.agentrouter.sandbox.SandboxApplication"));
        line.addAll(List.of("--sandbox.socket=" + socket(), "--sandbox.workspaces=" + workspaces()));
        properties.forEach(property -> line.add("--" + property));
        ProcessBuilder builder = new ProcessBuilder(user.command(line))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().keySet().retainAll(List.of("PATH", "LANG"));
        builder.environment().putAll(environment);
        return builder.directory(directory.toFile()).start();
    }

    private void awaitStart() throws IOException {
        await().atMost(Duration.ofSeconds(40)).until(() -> client.isThere() || !process.isAlive());
        if (!process.isAlive()) {
            String said = log();
            close();
            throw new IOException(said);
        }
    }

    public SandboxClient client() {
        return client;
    }

    public Path socket() {
        return directory.resolve("socket/s.sock");
    }

    public Path workspaces() {
        return directory.resolve("workspaces");
    }

    public Path directory() {
        return directory;
    }

    /** A process beside the sandbox, of the same user, with a variable in its environment. */
    public Process beside(String variable, String value, String... command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(user.command(List.of(command)));
        builder.environment().put(variable, value);
        return builder.start();
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public String log() throws IOException {
        return Files.readString(log);
    }

    /** Makes a workspace as an agent does, which is the same user. */
    public Path workspace(String name) throws IOException {
        Path workspace = Files.createDirectory(workspaces().resolve(name));
        user.own(workspace);
        return workspace;
    }

    /** Ends the sandbox as the kernel does when memory is short. */
    void crash() {
        process.destroyForcibly().onExit().join();
    }

    /** Starts it again where it was. */
    void restart() throws IOException {
        process = begin();
        awaitStart();
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        process.onExit().orTimeout(20, TimeUnit.SECONDS).join();
        assertThat(log()).doesNotContain("LEAK:");
        FileSystemUtils.deleteRecursively(directory);
        Files.delete(log);
    }
}
