package io.agentrouter.e2e.cluster;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.agentrouter.e2e.cluster.client.LoadClient;
import io.agentrouter.runtime.testing.ScriptedModelApplication;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.PodResource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A namespace for what is no part of the system: the model's server and the clients. */
final class Outside {

    static final int MODEL_PORT = 9000;

    private static final String MODEL_JAR = "scripted-model";
    private static final String CLIENT_JAR = "client";
    private static final long PATIENCE_SECONDS = 120;

    private final AtomicInteger clients = new AtomicInteger();
    private final KubernetesClient api;
    private final String namespace;

    Outside(KubernetesClient api, String namespace) {
        this.api = api;
        this.namespace = namespace;
    }

    String namespace() {
        return namespace;
    }

    /** Makes the namespace and starts the scripted model in it. Its address. */
    String startModel() {
        create(new NamespaceBuilder()
                .withNewMetadata()
                .withName(namespace)
                .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                .endMetadata()
                .build());
        create(JavaPod.jar(MODEL_JAR, ScriptedModelApplication.class));
        create(JavaPod.jar(CLIENT_JAR, LoadClient.class));
        PodResource model = start(new JavaPod("model", Map.of(), MODEL_JAR, ScriptedModelApplication.class, List.of()));
        return ready(model).getStatus().getPodIP();
    }

    /** Starts a client's program; returns when it runs or has run. */
    PodResource startClient(Class<?> program, List<String> arguments) {
        PodResource pod =
                start(new JavaPod("client-" + clients.incrementAndGet(), Map.of(), CLIENT_JAR, program, arguments));
        pod.waitUntilCondition(
                now -> now != null && !now.getStatus().getPhase().equals("Pending"), PATIENCE_SECONDS, SECONDS);
        return pod;
    }

    private PodResource start(JavaPod pod) {
        create(pod.pod());
        return api.pods().inNamespace(namespace).withName(pod.name());
    }

    private Pod ready(PodResource pod) {
        return pod.waitUntilReady(PATIENCE_SECONDS, SECONDS);
    }

    private void create(HasMetadata object) {
        api.resource(object).inNamespace(namespace).create();
    }
}
