package io.agentrouter.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One way from a client to the mock agent: a process of its own, or none for the direct way. */
final class Contender implements AutoCloseable {

    private static final String HOST = "127.0.0.1";

    private final String name;
    private final int port;
    private final @Nullable Process process;

    private Contender(String name, int port, @Nullable Process process) {
        this.name = name;
        this.port = port;
        this.process = process;
    }

    static Contender direct(int agentPort) {
        return new Contender("direct", agentPort, null);
    }

    /** Starts a process and waits until it listens on the port. */
    static Contender start(String name, int port, Path log, Map<String, String> environment, List<String> command)
            throws IOException, InterruptedException {
        Files.createDirectories(log.getParent());
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .redirectInput(ProcessBuilder.Redirect.PIPE);
        builder.environment().putAll(environment);
        var contender = new Contender(name, port, builder.start());
        try {
            contender.awaitListening(log);
        } catch (IllegalStateException silent) {
            contender.close();
            throw silent;
        }
        return contender;
    }

    /** A main class of this module in a JVM of its own. */
    static List<String> java(Class<?> main, String jvmOptions, Object... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(jvmOptions.split(" ", -1)));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        return command;
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    String name() {
        return name;
    }

    URI uri() {
        return URI.create("http://" + HOST + ":" + port);
    }

    int port() {
        return port;
    }

    /** Empty for the direct way. */
    Optional<Usage> usage() {
        return Optional.ofNullable(process).map(Process::toHandle).map(Usage::new);
    }

    private void awaitListening(Path log) throws IOException, InterruptedException {
        for (int tries = 0; tries < 3000; tries++) {
            if (process != null && !process.isAlive()) {
                throw new IllegalStateException(name + " ended: see " + log);
            }
            try {
                new Socket(InetAddress.getLoopbackAddress(), port).close();
                return;
            } catch (IOException notYet) {
                Thread.sleep(20);
            }
        }
        throw new IllegalStateException(name + " does not listen: see " + log);
    }

    @Override
    public void close() {
        if (process == null) {
            return;
        }
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
