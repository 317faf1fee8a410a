package io.agentrouter.runtime.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.agentrouter.runtime.testing.Leaving;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;

/** One connection, so that a test decides what is sent, how much is read, and when the client leaves. */
final class RawClient implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket;
    private final StringBuilder received = new StringBuilder();

    RawClient(Demo demo) throws IOException {
        URI uri = demo.uri("/");
        socket = new Socket(uri.getHost(), uri.getPort());
        socket.setSoTimeout(PATIENCE_MILLIS);
    }

    /** Begins a run and leaves its answer unread. */
    static RawClient asks(Demo demo, String question, String more) throws IOException {
        RawClient client = new RawClient(demo);
        String body = Chat.body(question, more);
        client.send(head("Content-Length: " + body.length()) + body);
        return client;
    }

    /** Begins to watch the slots. */
    static RawClient watches(Demo demo) throws IOException {
        return new RawClient(demo).send("GET /slots HTTP/1.1\r\nHost: agent\r\n\r\n");
    }

    static String head(String lengthHeader) {
        return "POST /v1/chat/completions HTTP/1.1\r\nHost: agent\r\nContent-Type: application/json\r\n%s\r\n\r\n"
                .formatted(lengthHeader);
    }

    RawClient send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(UTF_8));
        socket.getOutputStream().flush();
        return this;
    }

    /** Everything received so far, once it holds this text. */
    String readUntil(String text) throws IOException {
        byte[] buffer = new byte[8192];
        while (received.indexOf(text) < 0) {
            int read = socket.getInputStream().read(buffer);
            if (read < 0) {
                throw new AssertionError("The answer ended without " + text + ": " + received);
            }
            received.append(new String(buffer, 0, read, UTF_8));
        }
        return received.toString();
    }

    void leave(Leaving way) throws IOException {
        way.leave(socket);
    }

    boolean isOpen() {
        return !socket.isClosed();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
