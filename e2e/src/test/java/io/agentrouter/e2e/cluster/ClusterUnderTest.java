package io.agentrouter.e2e.cluster;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.agentrouter.e2e.cluster.client.Outcome;
import io.agentrouter.e2e.cluster.client.Plan;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The system, installed by {@code ./deploy} in a namespace of its own on the cluster that KUBECONFIG names, with the model's
 * server and the clients in another. Both go when it is closed, and when the JVM ends.
 */
final class ClusterUnderTest implements AutoCloseable {

    static final List<String> TYPES = List.of("qa", "coding");

    private static final Duration REMOVAL = Duration.ofMinutes(3);

    private final KubernetesClient api = new KubernetesClientBuilder().build();
    private final String namespace = "ai-agents-e2e-"
            + Integer.toString(ThreadLocalRandom.current().nextInt(36 * 36 * 36, 36 * 36 * 36 * 36), 36);
    private final Outside outside = new Outside(api, namespace + "-outside");
    private final Thread removal = new Thread(this::remove);
    private final Deploy deploy;
    private final Installation installation;

    /**
     * How an installation went.
     *
     * @param deployed from a cluster without the namespace until all was ready
     * @param firstAnswers one of each type and kind, all asked at once when all was ready
     */
    record Installation(Duration deployed, List<Outcome> firstAnswers) {}

    ClusterUnderTest() {
        Runtime.getRuntime().addShutdownHook(removal);
        Images.load();
        String model = outside.startModel();
        deploy = new Deploy(namespace, model);
        Figures.print(Deploy.DIFFERENCES);
        installation = install(deploy::run);
    }

    /** Installs, until all is ready, and asks each type once in both ways. */
    Installation install(Runnable how) {
        Instant begin = Instant.now();
        how.run();
        Duration deployed = Duration.between(begin, Instant.now());
        List<Plan> plans = TYPES.stream()
                .flatMap(
                        type -> List.of(
                                Plan.counting(1, type, false, 5, 0).times(1),
                                Plan.counting(1, type, true, 5, 0).times(1))
                                .stream())
                .toList();
        return new Installation(deployed, ask(plans.toArray(Plan[]::new)));
    }

    Installation installation() {
        return installation;
    }

    KubernetesClient api() {
        return api;
    }

    String namespace() {
        return namespace;
    }

    Outside outside() {
        return outside;
    }

    Deploy deploy() {
        return deploy;
    }

    Workload workload(String name) {
        return new Workload(api, namespace, name);
    }

    /** Clients outside the namespace that ask through the gateway's Service. */
    Load load(Plan... plans) {
        return Load.start(outside, "http://gateway." + namespace, List.of(plans));
    }

    /** What comes of plans that end by themselves. */
    List<Outcome> ask(Plan... plans) {
        try (Load load = load(Arrays.stream(plans)
                .map(plan -> plan.times() == 0 ? plan.times(1) : plan)
                .toArray(Plan[]::new))) {
            return load.awaitEnd();
        }
    }

    /** Writes what every container that runs has said, a file each. */
    void keepLogs(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (String one : List.of(namespace, outside.namespace())) {
            for (Pod pod : api.pods().inNamespace(one).list().getItems()) {
                for (Container container : pod.getSpec().getContainers()) {
                    String name = pod.getMetadata().getName();
                    Files.writeString(
                            folder.resolve(name + "." + container.getName() + ".log"),
                            log(one, name, container.getName()));
                }
            }
        }
    }

    private String log(String namespace, String pod, String container) {
        try {
            return api.pods()
                    .inNamespace(namespace)
                    .withName(pod)
                    .inContainer(container)
                    .getLog();
        } catch (KubernetesClientException notThere) {
            return notThere.toString();
        }
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(removal);
        remove();
        api.close();
    }

    /** Without waiting for pods to drain. With the namespaces that tests made themselves, if they could not remove them. */
    private void remove() {
        for (String name : namespaces()) {
            api.namespaces().withName(name).delete();
            api.pods().inNamespace(name).withGracePeriod(0).delete();
        }
        api.namespaces().withName(namespace).waitUntilCondition(left -> left == null, REMOVAL.toSeconds(), SECONDS);
    }

    private List<String> namespaces() {
        return api.namespaces().list().getItems().stream()
                .map(one -> one.getMetadata().getName())
                .filter(name -> name.startsWith(namespace))
                .toList();
    }
}
