package io.agentrouter.gateway.testing;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.net.InetAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** A Kubernetes API server in which a test says what pods there are. */
public final class FakeCluster implements AutoCloseable {

    /** How a pod is. */
    public enum State {
        READY,
        UNREADY,
        TERMINATING
    }

    private static final String NAMESPACE = "ai-agents";

    private final KubernetesCrudDispatcher objects = new KubernetesCrudDispatcher();
    private KubernetesMockServer server = serve(0);
    private final int port = server.getPort();
    private final KubernetesClient client = server.createClient().adapt(KubernetesClient.class);

    private KubernetesMockServer serve(int onPort) {
        var started = new KubernetesMockServer(new Context(), new MockWebServer(), new HashMap<>(), objects, false);
        started.init(InetAddress.getLoopbackAddress(), onPort);
        return started;
    }

    /** Where it is, in system properties of the Kubernetes client, which takes them from the environment too. */
    public Map<String, String> settings() {
        return Map.of(
                "kubernetes.master",
                "http://127.0.0.1:" + port,
                "kubernetes.namespace",
                NAMESPACE,
                "kubernetes.auth.tryKubeConfig",
                "false",
                "kubernetes.auth.tryServiceAccount",
                "false");
    }

    /** These properties, and those of a gateway that reads its endpoints here. */
    public String[] properties(String... more) {
        settings().forEach(System::setProperty);
        return Stream.concat(Stream.of("router.endpoints.source=kubernetes"), Stream.of(more))
                .toArray(String[]::new);
    }

    /** There is such a pod of a Service from now on, in a slice of its own, since each has a port of its own here. */
    public void put(String service, String pod, URI uri, State state) {
        EndpointSlice slice = new EndpointSliceBuilder()
                .withNewMetadata()
                .withName(service + "-" + pod)
                .withNamespace(NAMESPACE)
                .addToLabels("kubernetes.io/service-name", service)
                .endMetadata()
                .withAddressType("IPv4")
                .addNewPort()
                .withName("http")
                .withPort(uri.getPort())
                .endPort()
                .addNewEndpoint()
                .withAddresses(uri.getHost())
                .withNewConditions(state == State.READY, state != State.UNREADY, state == State.TERMINATING)
                .withNewTargetRef()
                .withKind("Pod")
                .withName(pod)
                .endTargetRef()
                .endEndpoint()
                .build();
        client.resource(slice).createOr(existing -> existing.update());
    }

    /** There is such a Service from now on. */
    public void label(String service, String type, Map<String, String> annotations) {
        Service labelled = new ServiceBuilder()
                .withNewMetadata()
                .withName(service)
                .withNamespace(NAMESPACE)
                .addToLabels("agent-router/type", type)
                .withAnnotations(annotations)
                .endMetadata()
                .withNewSpec()
                .addNewPort()
                .withName("http")
                .withPort(80)
                .endPort()
                .endSpec()
                .build();
        client.resource(labelled).createOr(existing -> existing.update());
    }

    /** There is no such Service any more. */
    public void unlabel(String service) {
        client.services().inNamespace(NAMESPACE).withName(service).delete();
    }

    /** There is no such pod any more. */
    public void remove(String service, String pod) {
        client.discovery()
                .v1()
                .endpointSlices()
                .inNamespace(NAMESPACE)
                .withName(service + "-" + pod)
                .delete();
    }

    /** The API server goes away; what it knows stays. */
    public void stop() {
        server.destroy();
    }

    /** And comes back. */
    public void restart() {
        server = serve(port);
    }

    @Override
    public void close() {
        client.close();
        server.destroy();
    }
}
