package io.agentrouter.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.agentrouter.e2e.cluster.client.Outcome;
import io.agentrouter.e2e.cluster.client.Plan;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What must be refused is refused, and code in the sandbox finds no secret. */
@Tag("cluster")
@ExtendWith(SharedCluster.class)
class RefusalsTest {

    private static final Map<String, String> GATEWAY = Map.of("app.kubernetes.io/component", "gateway");

    private final ClusterUnderTest cluster;
    private final Network network;

    RefusalsTest(ClusterUnderTest cluster) {
        this.cluster = cluster;
        this.network = new Network(cluster);
    }

    @Test
    void networkPolicies_letThroughWhatIsNeededAndNothingElse() {
        boolean enforced = network.enforcesPolicies();
        if (!enforced) {
            Figures.print("NetworkPolicies: not checked, this cluster's network enforces none");
        }
        assumeTrue(enforced);

        var outside = atOnce(network::reachedFromOutside);
        var nobody = atOnce(() -> network.reachedBy(Map.of()));
        var agent = atOnce(() -> network.reachedBy(Map.of("app.kubernetes.io/component", "agent")));
        var gateway = atOnce(() -> network.reachedBy(GATEWAY));

        assertThat(outside.join()).isEqualTo(Set.of("gateway"));
        assertThat(nobody.join()).isEmpty();
        assertThat(agent.join()).isEqualTo(Set.of("redis", "model"));
        assertThat(gateway.join()).isEqualTo(Set.of("redis", "qa-agent", "coding-agent", "API server"));
    }

    /** As users and other pods call them, whether policies are enforced or not. */
    @Test
    void agents_areReachedByTheirNames() {
        assertThat(network.reachedByName(GATEWAY, "qa-agent", "coding-agent")).containsOnly("qa-agent", "coding-agent");
    }

    @Test
    void privilegedPod_isRefusedByPodSecurity() {
        var pod = new PodBuilder()
                .withNewMetadata()
                .withName("privileged")
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("c")
                .withImage(Images.of("gateway"))
                .withNewSecurityContext()
                .withPrivileged(true)
                .endSecurityContext()
                .endContainer()
                .endSpec()
                .build();

        assertThatThrownBy(() -> cluster.api()
                        .resource(pod)
                        .inNamespace(cluster.namespace())
                        .dryRun(true)
                        .create())
                .hasMessageContaining("violates PodSecurity \"restricted");
    }

    @ParameterizedTest
    @CsvSource({
        "gateway, list, discovery.k8s.io, endpointslices, true",
        "gateway, watch, discovery.k8s.io, endpointslices, true",
        "gateway, delete, discovery.k8s.io, endpointslices, false",
        "gateway, list, '', services, true",
        "gateway, update, '', services, false",
        "gateway, get, '', secrets, false",
        "gateway, list, '', pods, false",
        "gateway, create, '', pods/exec, false",
        "qa-agent, list, discovery.k8s.io, endpointslices, false",
        "qa-agent, get, '', secrets, false",
        "coding-agent, get, '', secrets, false",
        "coding-agent, list, '', pods, false"
    })
    void serviceAccount_mayWhatItNeedsOnly(String account, String verb, String group, String resource, boolean may) {
        assertThat(allowed(account, verb, group, resource, cluster.namespace())).isEqualTo(may);
        assertThat(allowed(account, verb, group, resource, "default")).isFalse();
    }

    /** It finds what it put there itself, by patterns that do not find themselves, and nothing else. */
    @Test
    void codeInTheSandbox_findsNoKeyNoTokenAndNoPassword() {
        String control = "control-of-the-search";
        String pattern = Stream.of(Deploy.KEY, redisPassword(), control)
                .map(secret -> "[" + secret.charAt(0) + "]" + secret.substring(1))
                .collect(Collectors.joining("|"));
        String command = String.join(
                "; ",
                "export C=" + control,
                "echo $C > control",
                "echo environments: $(cat /proc/[0-9]*/environ 2>/dev/null | grep -aoE '" + pattern + "' | sort -u)",
                "echo files: $(grep -rlE '" + pattern
                        + "' . /app /etc /home /opt /root /run /tmp /var /workspaces 2>/dev/null | wc -l)",
                "echo tokens: $(find /run /var /tmp -path '*serviceaccount*' -name token 2>/dev/null | wc -l)");
        Outcome answer = cluster.ask(Plan.once(
                        "coding", false, "Look:\ncall exec {\"command\":\"" + command + "\",\"timeoutSeconds\":110}"))
                .getFirst();
        Figures.print("in the sandbox: " + answer.text().lines().limit(4).toList());

        assertThat(answer.text()).contains("environments: " + control + "\n", "files: 1\n", "tokens: 0\n");
    }

    /** While others do theirs: each is a pod that starts. */
    private static CompletableFuture<Set<String>> atOnce(Supplier<Set<String>> reached) {
        return CompletableFuture.supplyAsync(reached, task -> Thread.ofVirtual().start(task));
    }

    private boolean allowed(String account, String verb, String group, String resource, String namespace) {
        return cluster.api()
                .authorization()
                .v1()
                .subjectAccessReview()
                .create(new SubjectAccessReviewBuilder()
                        .withNewSpec()
                        .withUser("system:serviceaccount:" + cluster.namespace() + ":" + account)
                        .withNewResourceAttributes()
                        .withNamespace(namespace)
                        .withVerb(verb)
                        .withGroup(group)
                        .withResource(resource)
                        .endResourceAttributes()
                        .endSpec()
                        .build())
                .getStatus()
                .getAllowed();
    }

    private String redisPassword() {
        String base64 = cluster.api()
                .secrets()
                .inNamespace(cluster.namespace())
                .withName("redis")
                .get()
                .getData()
                .get("password");
        return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    }
}
