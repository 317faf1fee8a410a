package io.agentrouter.e2e.system;

import io.agentrouter.local.testing.LauncherProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The whole system as {@code ./run} starts it: the launcher as a process, and all that it starts. */
public class RunningSystem implements AutoCloseable {

    public static final List<String> PARTS = List.of("redis", "sandbox", "qa-agent", "coding-agent", "gateway");

    private static final int LAST_LINES = 15;

    private final LauncherProcess launcher;
    private final int port;

    /** Starts it on a port, with these variables of the environment and none of a model but these. */
    protected RunningSystem(int port, Map<String, String> environment) {
        this.port = port;
        this.launcher = launch(port, environment);
        try {
            launcher.awaitReady();
        } catch (RuntimeException | Error e) {
            launcher.close();
            throw e;
        }
    }

    /** Starts the launcher and waits for nothing. */
    public static LauncherProcess launch(int port, Map<String, String> environment) {
        Map<String, String> all = new HashMap<>();
        List.of("OPENAI_API_KEY", "OPENAI_BASE_URL", "AGENT_MODEL").forEach(name -> all.put(name, ""));
        all.putAll(environment);
        return LauncherProcess.start(
                Repository.ROOT,
                all,
                Repository.JAVA,
                "-jar",
                "local/target/launcher.jar",
                "--port",
                Integer.toString(port));
    }

    public LauncherProcess launcher() {
        return launcher;
    }

    public int port() {
        return port;
    }

    public String url() {
        return "http://127.0.0.1:" + port;
    }

    public Client client() {
        return new Client(url());
    }

    public boolean alive() {
        return launcher.alive();
    }

    /** The process of a part. */
    public ProcessHandle part(String name) {
        return launcher.part(name.equals("redis") ? "redis-server" : name + "/target/" + name);
    }

    /** The end of every part's log. */
    public String logs() {
        StringBuilder all = new StringBuilder();
        for (String part : PARTS) {
            all.append("--- ").append(part).append('\n').append(log(part)).append('\n');
        }
        return all.toString();
    }

    private String log(String part) {
        Path file = Repository.ROOT.resolve("target/run/" + port + "/" + part + ".log");
        try (Stream<String> lines = Files.lines(file)) {
            List<String> all = lines.toList();
            return String.join("\n", all.subList(Math.max(0, all.size() - LAST_LINES), all.size()));
        } catch (IOException e) {
            return "no log";
        }
    }

    @Override
    public void close() {
        if (alive()) {
            launcher.close();
        }
    }
}
