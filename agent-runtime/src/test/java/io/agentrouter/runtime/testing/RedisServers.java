package io.agentrouter.runtime.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import redis.embedded.RedisServer;

/** Real Redis servers for tests, each on a free port of the loopback interface. */
public final class RedisServers {

    private RedisServers() {}

    /** Starts a Redis without persistence; the caller stops it. */
    public static RedisServer start() {
        return start(freePort());
    }

    /** Starts a Redis on a given port, for example the one that a stopped Redis had. */
    public static RedisServer start(int port) {
        try {
            RedisServer server = RedisServer.newRedisServer()
                    .port(port)
                    .setting("bind 127.0.0.1")
                    .setting("save \"\"")
                    .build();
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops a Redis in its tracks meanwhile: connections stay, more are taken, and nothing is answered. */
    public static void whilePaused(RedisServer server, Action action) throws Exception {
        String pid = pid(server);
        signal("STOP", pid);
        try {
            action.run();
        } finally {
            signal("CONT", pid);
        }
    }

    /** Ends a Redis at once: what it has not read is lost, and its connections are reset. */
    public static void kill(RedisServer server) throws IOException {
        signal("KILL", pid(server));
    }

    /** Something that a test does. */
    @FunctionalInterface
    public interface Action {
        void run() throws Exception;
    }

    /** What a Redis answers to a command, over a connection of its own. */
    public static String ask(RedisServer server, String command) throws IOException {
        try (Socket redis =
                new Socket(InetAddress.getLoopbackAddress(), server.ports().getFirst())) {
            redis.getOutputStream().write((command + "\r\nQUIT\r\n").getBytes(StandardCharsets.US_ASCII));
            return new String(redis.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    /** As Redis tells it: its process hides its arguments. */
    private static String pid(RedisServer server) throws IOException {
        return ask(server, "INFO server")
                .lines()
                .filter(line -> line.startsWith("process_id:"))
                .map(line -> line.substring("process_id:".length()))
                .findFirst()
                .orElseThrow();
    }

    private static void signal(String signal, String pid) throws IOException {
        new ProcessBuilder("kill", "-" + signal, pid).start().onExit().join();
    }

    /** A TCP port that was free a moment ago. */
    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
