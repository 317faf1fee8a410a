package io.agentrouter.e2e.parts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** An agent that breaks off in the middle of a JSON answer. */
final class BreakingAgent implements AutoCloseable {

    private static final String HALF =
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n%s\r\n\r\n%s{\"id\":\"chatcm";

    private final ServerSocket server;
    private final boolean chunked;

    private BreakingAgent(ServerSocket server, boolean chunked) {
        this.server = server;
        this.chunked = chunked;
    }

    /** @param chunked whether its answer comes without a length */
    static BreakingAgent start(boolean chunked) {
        try {
            BreakingAgent agent = new BreakingAgent(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), chunked);
            Thread.ofVirtual().start(agent::serve);
            return agent;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket client = server.accept()) {
                byte[] request = new byte[8192];
                int read = client.getInputStream().read(request);
                String half = chunked
                        ? HALF.formatted("Transfer-Encoding: chunked", "100\r\n")
                        : HALF.formatted("Content-Length: 1000", "");
                client.getOutputStream()
                        .write(half.getBytes(StandardCharsets.US_ASCII), 0, read > 0 ? half.length() : 0);
            } catch (IOException e) {
                // A connection that broke, or the end.
            }
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
