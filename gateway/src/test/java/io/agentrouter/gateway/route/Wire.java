package io.agentrouter.gateway.route;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** One end of an HTTP/1.1 connection, down to its bytes. Text is ISO 8859-1: a character is a byte. */
final class Wire implements AutoCloseable {

    /** For what is to be read, in milliseconds. */
    private static final int PATIENCE = 20_000;

    private final Socket socket;
    private final InputStream in;

    Wire(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(PATIENCE);
        socket.setTcpNoDelay(true);
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    static Wire to(URI uri) throws IOException {
        var socket = new Socket();
        socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()), 5_000);
        return new Wire(socket);
    }

    Wire send(String text) throws IOException {
        return send(text.getBytes(ISO_8859_1));
    }

    Wire send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    /** Sends until nobody takes any more for half a second. */
    void sendUntilStuck() throws Exception {
        var sent = new AtomicLong();
        Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    send(new byte[8192]);
                    sent.incrementAndGet();
                }
            } catch (IOException closed) {
                // The other side, or the test, had enough.
            }
        });
        for (long before = -1; before != sent.get(); Thread.sleep(500)) {
            before = sent.get();
        }
    }

    /** A POST of a JSON body with its length. */
    Wire post(String target, String body, String... headers) throws IOException {
        return send(head(target, "Content-Length: " + body.getBytes(ISO_8859_1).length, headers) + body);
    }

    static String head(String target, String framing, String... headers) {
        String more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        return "POST " + target + " HTTP/1.1\r\nHost: gateway\r\nContent-Type: application/json\r\n" + framing + "\r\n"
                + more + "\r\n";
    }

    Wire chunk(String text) throws IOException {
        return send(Integer.toHexString(text.length()) + "\r\n" + text + "\r\n");
    }

    Wire lastChunk() throws IOException {
        return send("0\r\n\r\n");
    }

    /** The next byte; -1 if the other side ended. */
    int readByte() throws IOException {
        return in.read();
    }

    /** Waits for the next byte; false if the other side ended. */
    boolean awaitsMore() throws IOException {
        in.mark(1);
        int next = in.read();
        in.reset();
        return next >= 0;
    }

    /** Start line and headers, without the blank line. */
    List<String> readHead() throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = readLine(); !line.isEmpty(); line = readLine()) {
            lines.add(line);
        }
        return lines;
    }

    static @Nullable String header(List<String> head, String name) {
        String start = name.toLowerCase(Locale.ROOT) + ":";
        return head.stream()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
                .map(line -> line.substring(start.length()).strip())
                .findFirst()
                .orElse(null);
    }

    /** The body that this head announces. */
    byte[] readBody(List<String> head) throws IOException {
        String length = header(head, "Content-Length");
        if (length != null) {
            return in.readNBytes(Integer.parseInt(length));
        }
        var body = new ByteArrayOutputStream();
        for (byte[] chunk = readChunk(); chunk.length > 0; chunk = readChunk()) {
            body.writeBytes(chunk);
        }
        return body.toByteArray();
    }

    /** The next chunk; empty at the end. */
    byte[] readChunk() throws IOException {
        int size = HexFormat.fromHexDigits(readLine());
        byte[] chunk = in.readNBytes(size);
        if (chunk.length < size || !readLine().isEmpty()) {
            throw new IOException("the chunk is cut");
        }
        return chunk;
    }

    /** All that comes until the other side ends. */
    byte[] readToEnd() throws IOException {
        return in.readAllBytes();
    }

    private String readLine() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("the connection ended after: " + line.toString(ISO_8859_1));
            }
            line.write(next);
        }
        String text = line.toString(ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    /** Whether the other side ends within this time, what it still sends set aside. */
    boolean endsWithin(int millis) throws IOException {
        long end = System.nanoTime() + Duration.ofMillis(millis).toNanos();
        byte[] setAside = new byte[8192];
        try {
            for (long left = millis;
                    left > 0;
                    left = Duration.ofNanos(end - System.nanoTime()).toMillis()) {
                socket.setSoTimeout((int) left);
                if (in.read(setAside) < 0) {
                    return true;
                }
            }
        } catch (SocketTimeoutException stillOpen) {
            // As when the time goes by while it sends.
        } catch (IOException reset) {
            return true;
        }
        socket.setSoTimeout(PATIENCE);
        return false;
    }

    /** Sends no more, but reads on. */
    void endOutput() throws IOException {
        socket.shutdownOutput();
    }

    /** Closes with a reset. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
