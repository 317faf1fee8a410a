package io.agentrouter.e2e.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may speak to whom, as the sum of all policies says it: {@code peer:port}. */
class NetworkPoliciesTest {

    private static final Map<String, Map<String, String>> PODS = Map.of(
            "gateway", Map.of("app", "gateway", "app.kubernetes.io/component", "gateway"),
            "agent", Map.of("app", "qa-agent", "app.kubernetes.io/component", "agent"),
            "redis", Map.of("app", "redis", "app.kubernetes.io/component", "redis"),
            "stranger", Map.of("app", "stranger"));

    @ParameterizedTest
    @CsvSource({
        "gateway, agent:8000 redis:6379 0.0.0.0/0:443 0.0.0.0/0:6443 kube-system:53 169.254.20.10/32:53",
        "agent, redis:6379 0.0.0.0/0:443 ::/0:443 kube-system:53 169.254.20.10/32:53",
        "redis, ''",
        "stranger, ''"
    })
    void pod_speaksOnlyTo(String pod, String peers) throws IOException {
        Set<String> allowed = new TreeSet<>();
        for (NetworkPolicy policy : policiesOf(pod)) {
            policy.getSpec().getEgress().forEach(rule -> allowed.addAll(spelled(rule.getTo(), rule.getPorts())));
        }

        assertThat(allowed).isEqualTo(new TreeSet<>(words(peers)));
        assertThat(policiesOf(pod))
                .anySatisfy(
                        policy -> assertThat(policy.getSpec().getPolicyTypes()).contains("Egress"));
    }

    @ParameterizedTest
    @CsvSource({"gateway, anyone:8080", "agent, gateway:8000", "redis, gateway:6379 agent:6379", "stranger, ''"})
    void pod_listensOnlyTo(String pod, String peers) throws IOException {
        Set<String> allowed = new TreeSet<>();
        for (NetworkPolicy policy : policiesOf(pod)) {
            policy.getSpec().getIngress().forEach(rule -> allowed.addAll(spelled(rule.getFrom(), rule.getPorts())));
        }

        assertThat(allowed).isEqualTo(new TreeSet<>(words(peers)));
        assertThat(policiesOf(pod))
                .anySatisfy(
                        policy -> assertThat(policy.getSpec().getPolicyTypes()).contains("Ingress"));
    }

    @Test
    void modelsAddresses_arePublicOnes() throws IOException {
        NetworkPolicy model = policiesOf("agent").stream()
                .filter(policy -> policy.getMetadata().getName().equals("model"))
                .findFirst()
                .orElseThrow();

        assertThat(model.getSpec()
                        .getEgress()
                        .getFirst()
                        .getTo()
                        .getFirst()
                        .getIpBlock()
                        .getExcept())
                .contains("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16");
    }

    private static List<NetworkPolicy> policiesOf(String pod) throws IOException {
        return Manifests.ofPlatform().all(NetworkPolicy.class).stream()
                .filter(policy -> selects(policy.getSpec().getPodSelector(), pod))
                .toList();
    }

    private static Set<String> spelled(List<NetworkPolicyPeer> peers, List<NetworkPolicyPort> ports) {
        Set<String> spelled = new TreeSet<>();
        List<String> names = peers.isEmpty()
                ? List.of("anyone")
                : peers.stream().flatMap(NetworkPoliciesTest::names).toList();
        for (NetworkPolicyPort port : ports) {
            IntOrString number = port.getPort();
            names.forEach(name -> spelled.add(name + ":" + number.getIntVal()));
        }
        return spelled;
    }

    private static Stream<String> names(NetworkPolicyPeer peer) {
        if (peer.getIpBlock() != null) {
            return Stream.of(peer.getIpBlock().getCidr());
        }
        if (peer.getNamespaceSelector() != null) {
            return peer.getNamespaceSelector().getMatchLabels().values().stream();
        }
        return PODS.keySet().stream().filter(pod -> selects(peer.getPodSelector(), pod));
    }

    private static boolean selects(LabelSelector selector, String pod) {
        Map<String, String> labels = Map.copyOf(PODS.getOrDefault(pod, Map.of()));
        return labels.entrySet().containsAll(selector.getMatchLabels().entrySet())
                && selector.getMatchExpressions().stream()
                        .allMatch(part -> part.getOperator().equals("In")
                                && part.getValues().contains(labels.get(part.getKey())));
    }

    private static List<String> words(String text) {
        return Stream.of(text.split(" ")).filter(word -> !word.isEmpty()).toList();
    }
}
