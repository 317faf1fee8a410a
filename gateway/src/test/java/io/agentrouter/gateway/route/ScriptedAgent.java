package io.agentrouter.gateway.route;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** An agent that does to each request what a test says, byte by byte. */
final class ScriptedAgent implements AutoCloseable {

    /** What happens to one request, from its first byte on. */
    interface Script {
        void play(Wire gateway) throws Exception;
    }

    private final ServerSocket server = new ServerSocket(0, 4096, InetAddress.getLoopbackAddress());
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger accepted = new AtomicInteger();
    private volatile Script script = gateway -> {};

    ScriptedAgent() throws IOException {
        Thread.ofVirtual().start(this::accept);
    }

    String uri() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    void play(Script next) {
        script = next;
    }

    void answerJson(String body) {
        play(gateway -> {
            gateway.readBody(gateway.readHead());
            sendJson(gateway, body);
        });
    }

    static void sendJson(Wire gateway, String body) throws IOException {
        gateway.send("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + body.length()
                + "\r\n\r\n" + body);
    }

    /** Connections that have not ended. */
    int open() {
        return open.size();
    }

    int accepted() {
        return accepted.get();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                open.add(socket);
                accepted.incrementAndGet();
                Thread.ofVirtual().start(() -> play(socket));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void play(Socket socket) {
        try (Wire wire = new Wire(socket)) {
            while (wire.awaitsMore()) {
                script.play(wire);
            }
        } catch (Exception ended) {
            // Scripts read until their connection ends.
        } finally {
            open.remove(socket);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
