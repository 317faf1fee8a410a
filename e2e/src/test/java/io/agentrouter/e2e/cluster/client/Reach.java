package io.agentrouter.e2e.cluster.client;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

/** Tries to connect to each {@code host:port}, as a program; prints those that took it. */
public final class Reach {

    /** Until a network knows what a new pod may do. */
    private static final Duration SETTLING = Duration.ofSeconds(5);

    private static final int PATIENCE_MILLIS = 3000;

    private Reach() {}

    public static void main(String[] targets) throws InterruptedException {
        Thread.sleep(SETTLING);
        for (String target : targets) {
            String[] parts = target.split(":", 2);
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(parts[0], Integer.parseInt(parts[1])), PATIENCE_MILLIS);
                System.out.println(target);
            } catch (IOException e) {
                // That is an answer too.
            }
        }
    }
}
