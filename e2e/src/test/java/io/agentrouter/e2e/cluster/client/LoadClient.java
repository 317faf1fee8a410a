package io.agentrouter.e2e.cluster.client;

import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Clients of a gateway that keep their connections, as a program: its address, then plans as JSON. On SIGTERM each
 * reads the answer to its last request to the end. Prints an {@link Outcome} a line, and {@value #END} at last.
 */
public final class LoadClient {

    public static final String END = "end of the load";

    private LoadClient() {}

    public static void main(String[] args) throws InterruptedException {
        // Every failure is to be seen, also one that a second attempt would hide.
        System.setProperty("jdk.httpclient.disableRetryConnect", "true");
        HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        AtomicBoolean stopping = new AtomicBoolean();
        List<Thread> workers = new ArrayList<>();
        for (Plan plan : Plan.read(args[1])) {
            for (int i = 0; i < plan.workers(); i++) {
                workers.add(Thread.ofVirtual().start(new Worker(http, args[0], plan, stopping::get)));
            }
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            stopping.set(true);
            workers.forEach(LoadClient::join);
            System.out.println(END);
        }));
        for (Thread worker : workers) {
            worker.join();
        }
    }

    private static void join(Thread worker) {
        try {
            worker.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
