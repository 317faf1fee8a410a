package io.agentrouter.qa;

import io.agentrouter.runtime.testing.MemoryGroup;
import io.agentrouter.runtime.testing.RedisServers;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/** The jar as a process with the JVM options of its resource profile, which may write to one folder only. */
final class PackagedAgent implements AutoCloseable {

    private final Process process;
    private final int port;

    private PackagedAgent(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Starts it within a control group.
     *
     * @param writable stands for the pod's emptyDir; all else is read-only where bubblewrap is installed
     */
    static PackagedAgent start(MemoryGroup group, Path writable, Map<String, String> environment) throws IOException {
        int port = RedisServers.freePort();
        List<String> command = new ArrayList<>(group.wrapper());
        if (Files.isExecutable(Path.of("/usr/bin/bwrap"))) {
            String place = writable.toString();
            command.addAll(List.of("bwrap", "--die-with-parent", "--ro-bind", "/", "/", "--dev", "/dev"));
            command.addAll(List.of("--proc", "/proc", "--bind", place, place));
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(profile().getProperty("jvm.options").strip().split("\\s+")));
        command.addAll(List.of("-Djava.io.tmpdir=" + writable, "-jar", jar().toString()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(writable.resolve("agent.log").toFile());
        builder.environment().putAll(environment);
        builder.environment()
                .putAll(Map.of(
                        "SERVER_ADDRESS", "127.0.0.1",
                        "SERVER_PORT", Integer.toString(port),
                        "MALLOC_ARENA_MAX", "2",
                        "READY_FILES", writable.resolve("ready").toString(),
                        "AGENT_MEMORY_LIMIT", profile().getProperty("memory")));
        return new PackagedAgent(builder.start(), port);
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    static Properties profile() {
        Properties profile = new Properties();
        try (InputStream in = PackagedAgent.class.getResourceAsStream("/META-INF/resource-profile.properties")) {
            profile.load(in);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return profile;
    }

    private static Path jar() throws IOException {
        Path target = Path.of(System.getProperty("basedir", "."), "target");
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(target, "qa-agent-*.jar")) {
            return jars.iterator().next();
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
