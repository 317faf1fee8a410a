package io.agentrouter.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.springframework.util.FileSystemUtils;

/**
 * A sandbox as it is in production: a process of its own, on a socket of its own. Where the tests run as root it can be
 * started as an ordinary user.
 */
public final class TestSandbox implements AutoCloseable {

    static final int ORDINARY_USER = 62345;

    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

    private final Path directory;
    private final Path log;
    private final Process process;
    private final SandboxClient client;
    private final boolean ordinaryUser;

    private TestSandbox(boolean ordinaryUser, List<String> properties) throws IOException {
        this.ordinaryUser = ordinaryUser;
        this.directory = Files.createTempDirectory("sandbox-test-");
        this.log = Files.createTempFile("sandbox-test-", ".log");
        Files.createDirectory(workspaces());
        if (ordinaryUser) {
            Users.give(directory, ORDINARY_USER);
        }
        List<String> line = asUser();
        line.addAll(List.of(JAVA.toString(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx96m"));
        line.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-Dio.netty.leakDetection.level=paranoid"));
        line.addAll(List.of("-cp", ordinaryUser ? Users.readableClassPath() : System.getProperty("java.class.path")));
        line.addAll(List.of("io.agentrouter.sandbox.SandboxApplication", "--sandbox.socket=" + socket()));
        line.add("--sandbox.workspaces=" + workspaces());
        properties.forEach(property -> line.add("--" + property));
        ProcessBuilder builder =
                new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().keySet().retainAll(List.of("PATH", "LANG"));
        this.process = builder.directory(directory.toFile()).start();
        this.client = new SandboxClient(socket());
        await().atMost(Duration.ofSeconds(40)).until(() -> Files.exists(socket()) || !process.isAlive());
        if (!process.isAlive()) {
            throw new IOException(log());
        }
    }

    public static TestSandbox start(String... properties) throws IOException {
        return new TestSandbox(false, List.of(properties));
    }

    /** As a user with no other process; as the user of the tests where that is not root. */
    public static TestSandbox startAsOrdinaryUser(String... properties) throws IOException {
        return new TestSandbox(Users.isRoot(), List.of(properties));
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

    /** A process beside the sandbox, of the same user, with a variable in its environment. */
    public Process beside(String variable, String value, String... command) throws IOException {
        List<String> line = asUser();
        line.addAll(List.of(command));
        ProcessBuilder builder = new ProcessBuilder(line);
        builder.environment().put(variable, value);
        return builder.start();
    }

    private List<String> asUser() {
        return ordinaryUser
                ? new ArrayList<>(
                        List.of("setpriv", "--reuid=" + ORDINARY_USER, "--regid=" + ORDINARY_USER, "--clear-groups"))
                : new ArrayList<>();
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
        if (ordinaryUser) {
            Users.give(workspace, ORDINARY_USER);
        }
        return workspace;
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
