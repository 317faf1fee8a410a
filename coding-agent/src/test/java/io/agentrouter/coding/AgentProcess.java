package io.agentrouter.coding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agentrouter.runtime.testing.RedisServers;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The whole application as a process of its own, that can be killed, limited and started as another user. */
final class AgentProcess implements AutoCloseable {

    private final Process process;
    private final Path log;
    private final AgentClient client;

    private AgentProcess(Process process, Path log, int port) {
        this.process = process;
        this.log = log;
        this.client = new AgentClient(URI.create("http://127.0.0.1:" + port));
    }

    /**
     * Starts one offline.
     *
     * @param wrapper a command that the process is started by, possibly none
     * @param options of the JVM, the class path among them
     * @param settings each {@code key=value}
     */
    static AgentProcess start(Path log, List<String> wrapper, List<String> options, String... settings)
            throws IOException {
        int port = RedisServers.freePort();
        List<String> line = new ArrayList<>(wrapper);
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(options);
        line.add(CodingAgentApplication.class.getName());
        line.addAll(List.of("--server.address=127.0.0.1", "--server.port=" + port, "--model.api-key="));
        List.of(settings).forEach(setting -> line.add("--" + setting));
        Process process = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        AgentProcess agent = new AgentProcess(process, log, port);
        try {
            await().atMost(Duration.ofMinutes(2))
                    .ignoreExceptionsMatching(e -> process.isAlive())
                    .untilAsserted(() -> {
                        assertThat(process.isAlive()).as("%s", agent.log()).isTrue();
                        assertThat(agent.log()).contains("Started CodingAgentApplication");
                    });
        } catch (RuntimeException | Error e) {
            agent.close();
            throw e;
        }
        return agent;
    }

    /** Options of a JVM that is to start soon, with the class path of the tests. */
    static List<String> quick() {
        List<String> options = new ArrayList<>(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        options.addAll(classPath());
        return options;
    }

    /** The class path of the tests. */
    static List<String> classPath() {
        return List.of("-cp", System.getProperty("java.class.path"));
    }

    AgentClient client() {
        return client;
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    String log() throws IOException {
        return Files.readString(log);
    }

    /** As kill -9 does, so that it can clean up nothing. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    @Override
    public void close() {
        kill();
    }
}
