package io.agentrouter.e2e.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agentrouter.local.testing.LifeLine;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** One part as a process without the launcher, which would end everything together with it. */
public final class PartProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final String name;
    private final int port;
    private final Path log;
    private final Process process;
    private final LifeLine lifeLine;

    private PartProcess(String name, int port, Path log, Process process) {
        this.name = name;
        this.port = port;
        this.log = log;
        this.process = process;
        this.lifeLine = LifeLine.of(process);
    }

    /** A module's jar. */
    public static PartProcess ofModule(String module, int port, Map<String, String> environment, String... arguments) {
        return start(module, port, List.of("-jar", Repository.jar(module).toString()), environment, arguments);
    }

    /** A class on a class path. */
    public static PartProcess ofClass(String main, int port, String classPath, Map<String, String> environment) {
        return start(main.substring(main.lastIndexOf('.') + 1), port, List.of("-cp", classPath, main), environment);
    }

    private static PartProcess start(
            String name, int port, List<String> what, Map<String, String> environment, String... arguments) {
        List<String> command =
                new ArrayList<>(List.of(Repository.JAVA, "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.add("-Dio.netty.leakDetection.level=paranoid");
        command.addAll(what);
        command.addAll(List.of(arguments));
        try {
            Path log = Files.createDirectories(Path.of("target/parts")).resolve(name + "-" + port + ".log");
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
            builder.environment().keySet().removeIf(variable -> variable.startsWith("OPENAI_"));
            builder.environment().putAll(environment);
            builder.environment()
                    .putAll(Map.of(
                            "SERVER_ADDRESS", "127.0.0.1",
                            "SERVER_PORT", Integer.toString(port),
                            "MANAGEMENT_SERVER_PORT", "-1"));
            return new PartProcess(name, port, log, builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until its health is good; fails with the whole log when it ends before. */
    public PartProcess awaitHealthy() {
        return await200("/health");
    }

    /** Waits until it answers, whatever it depends on. */
    public PartProcess awaitAlive() {
        return await200("/livez");
    }

    private PartProcess await200(String path) {
        await().atMost(PATIENCE)
                .failFast(() -> assertThat(process.isAlive()).as(text()).isTrue())
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(status(path)).as(text()).isEqualTo(200));
        return this;
    }

    /** The status of what it answers itself, which the gateway's description says nothing about. */
    public int status(String path) throws IOException {
        return connect(path).getResponseCode();
    }

    /** The first line of what it answers, of which no more is read. */
    public String firstLine(String path) throws IOException {
        HttpURLConnection connection = connect(path);
        try (var lines =
                new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
            return Objects.requireNonNullElse(lines.readLine(), "");
        } finally {
            connection.disconnect();
        }
    }

    private HttpURLConnection connect(String path) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(url() + path).toURL().openConnection();
        connection.setConnectTimeout(5_000);
        connection.setReadTimeout(10_000);
        return connection;
    }

    public Client client() {
        return new Client(url());
    }

    public String url() {
        return "http://127.0.0.1:" + port;
    }

    public int port() {
        return port;
    }

    /** Asks it to end (SIGTERM). */
    public void terminate() {
        process.destroy();
    }

    /** Ends it at once (SIGKILL). */
    public void kill() {
        process.destroyForcibly();
    }

    /** What the system tells of it. */
    public LinuxProcess process() {
        return new LinuxProcess(process.pid());
    }

    public boolean alive() {
        return process.isAlive();
    }

    public int awaitExit() {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError(name + " still runs:\n" + text());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** All that it has printed. */
    public String text() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        kill();
        awaitExit();
        lifeLine.close();
    }
}
