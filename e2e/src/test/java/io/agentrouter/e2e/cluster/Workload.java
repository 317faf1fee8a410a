package io.agentrouter.e2e.cluster;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.dsl.RollableScalableResource;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A Deployment of the system and its pods; of a StatefulSet only the pods. */
record Workload(KubernetesClient api, String namespace, String name) {

    /** Those on their way out included. */
    List<Pod> pods() {
        return api.pods().inNamespace(namespace).withLabel("app", name).list().getItems();
    }

    /** Those that are ready and not on their way out. */
    List<Pod> readyPods() {
        return pods().stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null && Readiness.isPodReady(pod))
                .toList();
    }

    /** Of its ready pods. */
    Set<String> uids() {
        return readyPods().stream().map(pod -> pod.getMetadata().getUid()).collect(Collectors.toSet());
    }

    PodResource pod(Pod pod) {
        return api.pods().inNamespace(namespace).withName(pod.getMetadata().getName());
    }

    /** How often containers of its pods were started again. */
    int restarts() {
        return pods().stream()
                .flatMap(pod -> pod.getStatus().getContainerStatuses().stream())
                .mapToInt(status -> status.getRestartCount())
                .sum();
    }

    int replicas() {
        return deployment().get().getSpec().getReplicas();
    }

    /** As {@code kubectl rollout restart}. */
    void restart() {
        deployment().rolling().restart();
    }

    /** Least number of pods that its autoscaler keeps. */
    void keepAtLeast(int pods) {
        api.autoscaling()
                .v2()
                .horizontalPodAutoscalers()
                .inNamespace(namespace)
                .withName(name + "-hpa")
                .edit(hpa -> {
                    hpa.getSpec().setMinReplicas(pods);
                    return hpa;
                });
    }

    /** Asks by the Eviction API, as a drain of its node does, until the disruption budget allows it. */
    void evict(Pod pod) {
        Waiting.until(() -> pod(pod).get() == null
                || pod(pod).get().getMetadata().getDeletionTimestamp() != null
                || pod(pod).evict());
    }

    /** Waits until the wanted pods, and no others, are there and ready, with nothing left of those before. */
    void awaitSettled() {
        Waiting.until(this::settled);
    }

    private boolean settled() {
        Deployment now = deployment().get();
        int wanted = now.getSpec().getReplicas();
        boolean observed =
                now.getStatus().getObservedGeneration() >= now.getMetadata().getGeneration();
        Integer updated = now.getStatus().getUpdatedReplicas();
        return observed
                && updated != null
                && updated == wanted
                && pods().size() == wanted
                && readyPods().size() == wanted;
    }

    private RollableScalableResource<Deployment> deployment() {
        return api.apps().deployments().inNamespace(namespace).withName(name);
    }
}
