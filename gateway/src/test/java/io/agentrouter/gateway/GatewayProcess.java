package io.agentrouter.gateway;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The whole gateway as a process of its own, which shares no thread, no connection and no memory with another. */
public final class GatewayProcess implements AutoCloseable {

    private static final Path LOG = Path.of("target", "gateway-process.log");

    private final HttpClient client = HttpClient.newHttpClient();
    private final int port = freePort();
    private final Process process;

    private GatewayProcess(String... properties) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path")));
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith("kubernetes."))
                .forEach(name -> command.add("-D" + name + "=" + System.getProperty(name)));
        command.add(GatewayApplication.class.getName());
        Stream.concat(
                        Stream.of(
                                "server.address=127.0.0.1",
                                "server.port=" + port,
                                "management.server.address=127.0.0.1",
                                "management.server.port=0",
                                "router.clients.lame-duck=0s"),
                        Stream.of(properties))
                .forEach(property -> command.add("--" + property));
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(LOG.toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    }

    /** Starts it with properties, such as {@code router.agents.qa.uri=http://127.0.0.1:1}; returns when it answers. */
    public static GatewayProcess start(String... properties) {
        var started = new GatewayProcess(properties);
        await().atMost(Duration.ofMinutes(1))
                .failFast("it has ended, see " + LOG, () -> !started.process.isAlive())
                .ignoreExceptionsInstanceOf(UncheckedIOException.class)
                .until(() -> !started.get("/agents").isEmpty());
        return started;
    }

    public URI uri(String pathAndQuery) {
        return URI.create("http://127.0.0.1:" + port + pathAndQuery);
    }

    /** The body of what it answers. */
    public String get(String pathAndQuery) {
        try {
            return client.send(HttpRequest.newBuilder(uri(pathAndQuery)).build(), BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        client.close();
        process.destroy();
        process.onExit().join();
    }
}
