package io.agentrouter.e2e.cluster;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.agentrouter.e2e.cluster.client.Reach;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.client.dsl.PodResource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Which parts a pod can connect to, tried by pods. */
final class Network {

    private static final Map<String, String> CLOSED = Map.of("e2e", "closed");
    private static final long PATIENCE_SECONDS = 120;

    private final ClusterUnderTest cluster;
    /** Names by address, so that no answer depends on DNS. */
    private final Map<String, String> parts = new TreeMap<>();

    Network(ClusterUnderTest cluster) {
        this.cluster = cluster;
        addService("gateway", 80);
        addService("qa-agent", 80);
        addService("coding-agent", 80);
        addService("redis", 6379);
        parts.put(cluster.workload("gateway").readyPods().getFirst().getStatus().getPodIP() + ":9090", "metrics");
        parts.put(cluster.outside().modelAddress() + ":" + Outside.MODEL_PORT, "model");
        parts.put(clusterIp("default", "kubernetes") + ":443", "API server");
    }

    /** Whether a policy of the tests' own, which closes a pod outside, does so. */
    boolean enforcesPolicies() {
        cluster.api()
                .resource(new NetworkPolicyBuilder()
                        .withNewMetadata()
                        .withName("closed")
                        .endMetadata()
                        .withNewSpec()
                        .withNewPodSelector()
                        .withMatchLabels(CLOSED)
                        .endPodSelector()
                        .withPolicyTypes("Egress")
                        .endSpec()
                        .build())
                .inNamespace(cluster.outside().namespace())
                .create();
        return !reached(cluster.outside().namespace(), CLOSED).contains("model");
    }

    Set<String> reachedFromOutside() {
        Set<String> reached = reached(cluster.outside().namespace(), Map.of());
        // No parts of the system.
        reached.removeAll(List.of("model", "API server"));
        return reached;
    }

    /** By a pod in the system's namespace. */
    Set<String> reachedBy(Map<String, String> labels) {
        return reached(cluster.namespace(), labels);
    }

    /** Services that a pod in the system's namespace reaches by their names. */
    Set<String> reachedByName(Map<String, String> labels, String... services) {
        Map<String, String> names = Arrays.stream(services)
                .collect(Collectors.toMap(
                        service -> "%s.%s.svc.cluster.local:80".formatted(service, cluster.namespace()),
                        service -> service));
        return reached(cluster.namespace(), labels, names);
    }

    private Set<String> reached(String namespace, Map<String, String> labels) {
        return reached(namespace, labels, parts);
    }

    /** @param names by address */
    private Set<String> reached(String namespace, Map<String, String> labels, Map<String, String> names) {
        PodResource pod = cluster.outside().startClient(namespace, labels, Reach.class, List.copyOf(names.keySet()));
        pod.waitUntilCondition(
                now -> now != null && now.getStatus().getPhase().equals("Succeeded"), PATIENCE_SECONDS, SECONDS);
        Set<String> reached =
                pod.getLog().lines().filter(names::containsKey).map(names::get).collect(Collectors.toSet());
        pod.delete();
        Figures.print("a pod %s in %s reaches %s".formatted(labels, namespace, reached));
        return reached;
    }

    private void addService(String name, int port) {
        parts.put(clusterIp(cluster.namespace(), name) + ":" + port, name);
    }

    private String clusterIp(String namespace, String name) {
        return cluster.api()
                .services()
                .inNamespace(namespace)
                .withName(name)
                .get()
                .getSpec()
                .getClusterIP();
    }
}
