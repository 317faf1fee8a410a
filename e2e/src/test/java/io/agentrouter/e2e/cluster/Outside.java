package io.agentrouter.e2e.cluster;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.agentrouter.e2e.cluster.client.LoadClient;
import io.agentrouter.runtime.testing.ScriptedModelApplication;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.LocalPortForward;
import io.fabric8.kubernetes.client.dsl.PodResource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A namespace for what is no part of the system: the model's server and the clients. */
final class Outside {

    static final int MODEL_PORT = 9000;

    private static final String MODEL = "model";
    private static final String MODEL_JAR = "scripted-model";
    private static final String CLIENT_JAR = "client";
    private static final long PATIENCE_SECONDS = 120;

    private final AtomicInteger clients = new AtomicInteger();
    private final KubernetesClient api;
    private final String namespace;
    private String modelAddress = "";

    Outside(KubernetesClient api, String namespace) {
        this.api = api;
        this.namespace = namespace;
    }

    String namespace() {
        return namespace;
    }

    String modelAddress() {
        return modelAddress;
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
        PodResource model =
                start(namespace, new JavaPod(MODEL, Map.of(), MODEL_JAR, ScriptedModelApplication.class, List.of()));
        modelAddress =
                model.waitUntilReady(PATIENCE_SECONDS, SECONDS).getStatus().getPodIP();
        return modelAddress;
    }

    /** Starts a Redis here. Its address. */
    String startRedis(String image) {
        create(RedisPod.pod(image));
        return api.pods()
                .inNamespace(namespace)
                .withName(RedisPod.NAME)
                .waitUntilReady(PATIENCE_SECONDS, SECONDS)
                .getStatus()
                .getPodIP();
    }

    /** How often the model has been asked. */
    long modelCalls() {
        try (LocalPortForward port =
                        api.pods().inNamespace(namespace).withName(MODEL).portForward(MODEL_PORT);
                InputStream calls = URI.create("http://127.0.0.1:" + port.getLocalPort() + "/calls")
                        .toURL()
                        .openStream()) {
            return Long.parseLong(new String(calls.readAllBytes(), StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts a client's program here; returns when it runs or has run. */
    PodResource startClient(Class<?> program, List<String> arguments) {
        return startClient(namespace, Map.of(), program, arguments);
    }

    /** Starts it in another namespace, as a pod with labels. */
    PodResource startClient(String where, Map<String, String> labels, Class<?> program, List<String> arguments) {
        api.resource(JavaPod.jar(CLIENT_JAR, LoadClient.class))
                .inNamespace(where)
                .serverSideApply(); // by several at once, too
        PodResource pod = start(
                where, new JavaPod("client-" + clients.incrementAndGet(), labels, CLIENT_JAR, program, arguments));
        pod.waitUntilCondition(
                now -> now != null && !now.getStatus().getPhase().equals("Pending"), PATIENCE_SECONDS, SECONDS);
        return pod;
    }

    private PodResource start(String where, JavaPod pod) {
        api.resource(pod.pod()).inNamespace(where).create();
        return api.pods().inNamespace(where).withName(pod.name());
    }

    private void create(HasMetadata object) {
        api.resource(object).inNamespace(namespace).create();
    }
}
