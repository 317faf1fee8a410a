package io.agentrouter.e2e.cluster;

import io.agentrouter.e2e.cluster.client.LoadClient;
import io.agentrouter.e2e.cluster.client.Outcome;
import io.agentrouter.e2e.cluster.client.Plan;
import io.fabric8.kubernetes.client.dsl.LogWatch;
import io.fabric8.kubernetes.client.dsl.PodResource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Clients in a pod that ask as planned, and what became of their requests so far. */
final class Load implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final PodResource pod;
    private final LogWatch log;
    private final List<Outcome> outcomes = new CopyOnWriteArrayList<>();
    private final List<String> otherLines = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> end;

    private Load(PodResource pod) {
        this.pod = pod;
        this.log = pod.watchLog();
        this.end = CompletableFuture.runAsync(
                this::follow, task -> Thread.ofVirtual().start(task));
    }

    static Load start(Outside outside, String url, List<Plan> plans) {
        return new Load(outside.startClient(LoadClient.class, List.of(url, Plan.write(plans))));
    }

    /** Every request that has ended. */
    List<Outcome> ended() {
        return outcomes.stream().filter(Outcome::ended).toList();
    }

    /** Requests of a plan that have begun to be answered and have not ended. */
    long speaking(String plan) {
        Set<Integer> over = ended().stream().map(Outcome::request).collect(Collectors.toSet());
        return outcomes.stream()
                .filter(one -> one.plan().equals(plan) && !over.contains(one.request()))
                .count();
    }

    /** Waits until every client of a plan is in the midst of an answer. */
    void awaitAllSpeaking(Plan plan) {
        Waiting.until(() -> speaking(plan.name()) == plan.workers());
    }

    /** Waits until all plans have ended by themselves. All that came of them. */
    List<Outcome> awaitEnd() {
        try {
            end.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("the clients did not end; they said " + otherLines, e);
        }
        if (!otherLines.contains(LoadClient.END)) {
            throw new AssertionError("the clients broke off: " + otherLines);
        }
        return ended();
    }

    /** Lets every client read its last answer to the end. All that came of them. */
    List<Outcome> stop() {
        pod.delete();
        return awaitEnd();
    }

    private void follow() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(log.getOutput(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("{")) {
                    outcomes.add(Outcome.read(line));
                } else {
                    otherLines.add(line);
                    if (line.equals(LoadClient.END)) {
                        return;
                    }
                }
            }
        } catch (IOException e) {
            otherLines.add(e.toString());
        }
    }

    @Override
    public void close() {
        log.close();
        pod.withGracePeriod(0).delete();
    }
}
