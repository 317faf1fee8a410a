package io.agentrouter.e2e.cluster;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.LocalPortForward;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.RollableScalableResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A Deployment of the system and its pods; of a StatefulSet only the pods. */
record Workload(KubernetesClient api, String namespace, String name) {

    /** Whatever else has changed of the object meanwhile. */
    static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

    private static final String AGENT = "agent";

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
        return pods().stream().mapToInt(Workload::restarts).sum();
    }

    /** How often containers of each of its ready pods were started again, by the pod's uid. */
    Map<String, Integer> restartsByUid() {
        return readyPods().stream()
                .collect(Collectors.toMap(pod -> pod.getMetadata().getUid(), Workload::restarts));
    }

    private static int restarts(Pod pod) {
        return pod.getStatus().getContainerStatuses().stream()
                .mapToInt(status -> status.getRestartCount())
                .sum();
    }

    boolean ready(Pod pod) {
        return Readiness.isPodReady(pod(pod).get());
    }

    /** How the agent's container of a pod ended before it was started again. */
    String lastEnd(Pod pod) {
        return pod(pod).get().getStatus().getContainerStatuses().stream()
                .filter(status -> status.getName().equals(AGENT))
                .map(status -> status.getLastState().getTerminated())
                .map(end -> end.getReason() + ", exit code " + end.getExitCode())
                .collect(Collectors.joining());
    }

    /** Fills what the agent's container may have with processes of which each is smaller than the agent. */
    void exhaustMemory(Pod pod) {
        for (int i = 0; i < 3; i++) {
            pod(pod).inContainer(AGENT)
                    .writingOutput(OutputStream.nullOutputStream())
                    .exec("java", "-Xms120m", "-XX:+AlwaysPreTouch", "-jar", "/app/app.jar");
        }
    }

    /** How many runs an agent's pod carries, as it says itself. */
    int running(Pod pod) {
        try (LocalPortForward port = pod(pod).portForward(8000);
                InputStream slots = URI.create("http://127.0.0.1:" + port.getLocalPort() + "/slots")
                        .toURL()
                        .openStream()) {
            String event = new BufferedReader(new InputStreamReader(slots, StandardCharsets.UTF_8)).readLine();
            JsonNode now = JsonMapper.shared().readTree(event.substring("data:".length()));
            return now.get("slots").asInt() - now.get("free").asInt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many runs its ready pods carry. */
    int running() {
        return readyPods().stream().mapToInt(this::running).sum();
    }

    /** Whether each of its ready pods carries a run. */
    boolean allCarryRuns() {
        return readyPods().stream().allMatch(pod -> running(pod) > 0);
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
        autoscaler().patch(MERGE, "{\"spec\":{\"minReplicas\":%d}}".formatted(pods));
    }

    /** Whether its autoscaler wants fewer pods, and waits until it has wanted so for its window. */
    boolean waitsToShrink() {
        return autoscaler().get().getStatus().getConditions().stream()
                .anyMatch(condition -> condition.getReason().equals("ScaleDownStabilized"));
    }

    boolean scaledByItsAutoscalerSince(Instant time) {
        return !Instant.parse(autoscaler().get().getStatus().getLastScaleTime()).isBefore(time);
    }

    /** Returns when its autoscaler has made so many pods of it, and they are ready. */
    void growTo(int pods) {
        keepAtLeast(pods);
        Waiting.until(() -> replicas() == pods);
        awaitSettled();
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

    private Resource<HorizontalPodAutoscaler> autoscaler() {
        return api.autoscaling()
                .v2()
                .horizontalPodAutoscalers()
                .inNamespace(namespace)
                .withName(name + "-hpa");
    }

    private RollableScalableResource<Deployment> deployment() {
        return api.apps().deployments().inNamespace(namespace).withName(name);
    }
}
