package io.agentrouter.local;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Asks a part whether it is healthy: one request, read until the part closes the connection. Not over the JDK's HTTP
 * client, which knows no Unix domain sockets.
 *
 * @param address where the part listens, TCP or Unix domain socket
 * @param request all that is sent
 * @param healthy what the answer contains if the part is healthy
 */
record Probe(SocketAddress address, String request, Pattern healthy) {

    private static final Duration DEADLINE = Duration.ofSeconds(4);
    private static final Pattern MODES = Pattern.compile("\"modes\":\\[([^]]*)]");

    /** What the part said, {@code said} being the last line of it. */
    record Answer(boolean healthy, String said, List<String> modes) {}

    static Probe http(SocketAddress address) {
        return new Probe(
                address,
                "GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                Pattern.compile("^HTTP/1\\.1 200 "));
    }

    static Probe redis(SocketAddress address, String password) {
        return new Probe(address, "AUTH " + password + "\r\nPING\r\nQUIT\r\n", Pattern.compile("\\+PONG"));
    }

    Answer ask() {
        try (SocketChannel channel = open()) {
            // Closes the channel from outside: blocking channels have no timeout of their own.
            CompletableFuture<Void> watchdog = CompletableFuture.runAsync(
                    () -> close(channel),
                    CompletableFuture.delayedExecutor(DEADLINE.toMillis(), TimeUnit.MILLISECONDS));
            try {
                channel.connect(address);
                channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
                return answer(readAll(channel));
            } finally {
                watchdog.cancel(false);
            }
        } catch (IOException e) {
            return new Answer(false, "no answer", List.of());
        }
    }

    private Answer answer(String text) {
        Matcher modes = MODES.matcher(text);
        List<String> names = modes.find()
                ? Stream.of(modes.group(1).replace("\"", "").split(",", -1))
                        .map(String::strip)
                        .filter(mode -> !mode.isEmpty())
                        .toList()
                : List.of();
        String said =
                text.lines().filter(line -> line.contains("{")).findFirst().orElse(text.strip());
        return new Answer(healthy.matcher(text).find(), said, names);
    }

    private SocketChannel open() throws IOException {
        return address instanceof UnixDomainSocketAddress
                ? SocketChannel.open(StandardProtocolFamily.UNIX)
                : SocketChannel.open();
    }

    private static String readAll(SocketChannel channel) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocate(8192);
        while (channel.read(buffer) >= 0) {
            all.write(buffer.array(), 0, buffer.position());
            buffer.clear();
        }
        return all.toString(StandardCharsets.UTF_8);
    }

    private static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // Nothing is lost: the reader sees the closed channel.
        }
    }
}
