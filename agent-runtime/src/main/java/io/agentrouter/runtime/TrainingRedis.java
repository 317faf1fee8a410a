package io.agentrouter.runtime;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * As much of a Redis as a connection and a health check take, for a training run, which has none: so that what connecting loads is among what a
 * start has ready (<a href="https://redis.io/docs/latest/develop/reference/protocol-spec/">RESP3</a>).
 */
final class TrainingRedis implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(TrainingRedis.class);

    private static final String HELLO = """
            %7
            +server
            +redis
            +version
            +7.2.0
            +proto
            :3
            +id
            :1
            +mode
            +standalone
            +role
            +master
            +modules
            *0
            """.replace("\n", "\r\n");

    private final ServerSocket server;

    private TrainingRedis(ServerSocket server) {
        this.server = server;
        serve(this::acceptAll);
    }

    /** Listens on loopback. */
    static TrainingRedis on(int port) throws IOException {
        return new TrainingRedis(new ServerSocket(port, 0, InetAddress.getLoopbackAddress()));
    }

    private void acceptAll() throws IOException {
        while (true) {
            Socket client = server.accept();
            serve(() -> answerAll(client));
        }
    }

    private static void answerAll(Socket client) throws IOException {
        try (client;
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8))) {
            OutputStream out = client.getOutputStream();
            for (String head = in.readLine(); head != null; head = in.readLine()) {
                out.write(answer(readCommand(head, in)).getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    /** An array of strings, none of which has a line of its own within. */
    private static List<String> readCommand(String head, BufferedReader in) throws IOException {
        List<String> words = new ArrayList<>();
        for (int left = Integer.parseInt(head.substring(1)); left > 0; left--) {
            in.readLine(); // its length
            words.add(in.readLine());
        }
        return words;
    }

    private static String answer(List<String> command) {
        return switch (command.getFirst().toUpperCase(Locale.ROOT)) {
            case "HELLO" -> HELLO;
            case "PING" -> "+PONG\r\n";
            default -> "+OK\r\n";
        };
    }

    private static void serve(Serving serving) {
        Thread thread = new Thread(() -> {
            try {
                serving.run();
            } catch (IOException over) {
                log.debug("Over", over);
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private interface Serving {
        void run() throws IOException;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
