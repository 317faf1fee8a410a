package io.agentrouter.bench;

import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** How evenly several pods are loaded, and how soon a pod that comes or goes is noticed. */
final class Pods {

    private static final String NAMESPACE = "ai-agents";
    private static final int PODS = 4;
    private static final long PATIENCE = 2_000_000_000;

    private final Setting setting;
    private final Plan plan;
    private final Results results;
    private final HttpClient http = HttpClient.newHttpClient();

    Pods(Setting setting, Plan plan, Results results) {
        this.setting = setting;
        this.plan = plan;
        this.results = results;
    }

    void measure() throws Exception {
        Bench.say(PODS + " pods");
        List<Contender> pods = new ArrayList<>();
        var server = new KubernetesMockServer(
                new Context(), new MockWebServer(), new HashMap<>(), new KubernetesCrudDispatcher(), false);
        server.init(InetAddress.getLoopbackAddress(), 0);
        try (KubernetesClient cluster = server.createClient().adapt(KubernetesClient.class)) {
            for (int pod = 0; pod <= PODS; pod++) {
                pods.add(setting.mock());
            }
            List<Contender> four = pods.subList(0, PODS);
            four.forEach(pod -> put(cluster, pod));
            try (Contender gateway = setting.gateway(
                            Map.of(
                                    "KUBERNETES_MASTER",
                                    "http://127.0.0.1:" + server.getPort(),
                                    "KUBERNETES_NAMESPACE",
                                    NAMESPACE,
                                    "KUBERNETES_AUTH_TRYKUBECONFIG",
                                    "false"),
                            "--router.endpoints.source=kubernetes",
                            "--router.endpoints.slow-start=0s");
                    Contender nginx =
                            setting.nginx(four.stream().map(Contender::port).toList())) {
                evenness(gateway, four);
                evenness(nginx, four);
                reaction(cluster, gateway, pods.getLast());
            }
        } finally {
            pods.forEach(Contender::close);
            server.destroy();
        }
    }

    /** The most that a pod got, over what each would have got, by clients that keep their connections. */
    private void evenness(Contender proxy, List<Contender> pods) throws Exception {
        Wrk.rate(proxy.uri(), 5);
        List<Long> before = counts(pods);
        Wrk.rate(proxy.uri(), plan.seconds());
        List<Long> after = counts(pods);
        long sum = 0;
        long most = 0;
        for (int i = 0; i < pods.size(); i++) {
            long got = after.get(i) - before.get(i);
            sum += got;
            most = Math.max(most, got);
        }
        results.add(proxy.name(), "evenness", (double) most * pods.size() / sum);
    }

    /** Under a load that goes on all the while. */
    private void reaction(KubernetesClient cluster, Contender gateway, Contender pod) throws Exception {
        for (int round = 0; round < plan.rounds(); round++) {
            var load = new FutureTask<>(() -> Vegeta.attack(gateway.uri(), 500, 4));
            Thread.startVirtualThread(load);
            TimeUnit.SECONDS.sleep(1);
            results.add(gateway.name(), "new-pod-ms", millisUntilUsed(cluster, pod));
            TimeUnit.MILLISECONDS.sleep(500);
            results.add(gateway.name(), "gone-pod-ms", millisUntilLeft(cluster, pod));
            results.addFailed(gateway.name(), load.get().failed());
        }
    }

    private double millisUntilUsed(KubernetesClient cluster, Contender pod) throws Exception {
        long none = count(pod);
        long from = System.nanoTime();
        put(cluster, pod);
        while (count(pod) == none) {
            if (System.nanoTime() - from > PATIENCE) {
                throw new IllegalStateException("the new pod gets no request");
            }
            TimeUnit.MILLISECONDS.sleep(2);
        }
        return (System.nanoTime() - from) / 1e6;
    }

    /** Until the last request that it got, half a second before it counts as left. */
    private double millisUntilLeft(KubernetesClient cluster, Contender pod) throws Exception {
        long seen = count(pod);
        long gone = System.nanoTime();
        cluster.discovery()
                .v1()
                .endpointSlices()
                .inNamespace(NAMESPACE)
                .withName("pod-" + pod.port())
                .delete();
        long last = gone;
        while (System.nanoTime() - last < 500_000_000L) {
            long now = count(pod);
            if (now != seen) {
                seen = now;
                last = System.nanoTime();
            }
            TimeUnit.MILLISECONDS.sleep(2);
        }
        return (last - gone) / 1e6;
    }

    private List<Long> counts(List<Contender> pods) throws Exception {
        List<Long> counts = new ArrayList<>();
        for (Contender pod : pods) {
            counts.add(count(pod));
        }
        return counts;
    }

    private long count(Contender pod) throws Exception {
        URI uri = pod.uri().resolve("/count");
        return Long.parseLong(http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                .body());
    }

    private static void put(KubernetesClient cluster, Contender pod) {
        cluster.resource(new EndpointSliceBuilder()
                        .withNewMetadata()
                        .withName("pod-" + pod.port())
                        .withNamespace(NAMESPACE)
                        .addToLabels("kubernetes.io/service-name", "qa-agent")
                        .endMetadata()
                        .withAddressType("IPv4")
                        .addNewPort()
                        .withName("http")
                        .withPort(pod.port())
                        .endPort()
                        .addNewEndpoint()
                        .withAddresses("127.0.0.1")
                        .withNewConditions(true, true, false)
                        .withNewTargetRef()
                        .withKind("Pod")
                        .withName("pod-" + pod.port())
                        .endTargetRef()
                        .endEndpoint()
                        .build())
                .create();
    }
}
