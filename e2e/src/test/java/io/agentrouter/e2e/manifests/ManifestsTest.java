package io.agentrouter.e2e.manifests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerSpec;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestsTest {

    @Test
    void fieldThatKubernetesDoesNotKnow_isRefused() throws IOException {
        var list = Manifests.yaml("items: [{apiVersion: v1, kind: ServiceAccount, automountToken: false}]");
        assertThatThrownBy(() -> Manifests.read(list)).hasMessageContaining("automountToken");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway", "qa-agent", "coding-agent"})
    void eachModule_hasOneOfEachKindInTheNamespace(String module) throws IOException {
        Manifests manifests = Manifests.ofModule(module);

        assertThat(manifests.items())
                .extracting(HasMetadata::getKind)
                .containsExactlyInAnyOrder("ServiceAccount", "Service", "Deployment", "HorizontalPodAutoscaler");
        assertThat(manifests.items()).allSatisfy(item -> {
            assertThat(item.getMetadata().getNamespace()).isEqualTo("ai-agents");
            assertThat(item.getMetadata().getName()).startsWith(module);
        });
    }

    @ParameterizedTest
    @CsvSource({"gateway, 250m, 512Mi, 1, 512Mi", "qa-agent, 250m, 512Mi, 1, 512Mi", "coding-agent, 500m, 4Gi, 2, 4Gi"})
    void pod_requestsAndLimitsItsResourceProfileOverItsContainers(
            String module, String cpuRequest, String memoryRequest, String cpuLimit, String memoryLimit)
            throws IOException {
        PodSpec pod = pod(module);

        assertThat(sum(pod, c -> c.getResources().getRequests(), "cpu")).isEqualByComparingTo(amount(cpuRequest));
        assertThat(sum(pod, c -> c.getResources().getRequests(), "memory")).isEqualByComparingTo(amount(memoryRequest));
        assertThat(sum(pod, c -> c.getResources().getLimits(), "cpu")).isEqualByComparingTo(amount(cpuLimit));
        assertThat(sum(pod, c -> c.getResources().getLimits(), "memory")).isEqualByComparingTo(amount(memoryLimit));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway", "qa-agent", "coding-agent"})
    void hpa_scalesTheModulesOwnDeploymentFromTwoToTen(String module) throws IOException {
        Manifests manifests = Manifests.ofModule(module);
        HorizontalPodAutoscaler hpa = manifests.only(HorizontalPodAutoscaler.class);
        HorizontalPodAutoscalerSpec spec = hpa.getSpec();

        assertThat(hpa.getMetadata().getName()).isEqualTo(module + "-hpa");
        assertThat(spec.getScaleTargetRef().getName()).isEqualTo(module);
        assertThat(spec.getMinReplicas()).isEqualTo(2);
        assertThat(spec.getMaxReplicas()).isEqualTo(10);
        assertThat(spec.getMetrics().getFirst().getResource().getTarget().getAverageUtilization())
                .isEqualTo(60);
        assertThat(manifests.only(Deployment.class).getSpec().getReplicas()).isEqualTo(spec.getMinReplicas());
    }

    @ParameterizedTest
    @CsvSource({"gateway, 8080", "qa-agent, 8000", "coding-agent, 8000"})
    void service_leadsFromPort80ToTheContainerThatListens(String module, int containerPort) throws IOException {
        Manifests manifests = Manifests.ofModule(module);
        Service service = manifests.only(Service.class);
        ServicePort port = service.getSpec().getPorts().getFirst();

        assertThat(service.getSpec().getSelector())
                .isEqualTo(manifests
                        .only(Deployment.class)
                        .getSpec()
                        .getTemplate()
                        .getMetadata()
                        .getLabels());
        assertThat(port.getPort()).isEqualTo(80);
        assertThat(pod(module).getContainers())
                .flatExtracting(Container::getPorts)
                .anySatisfy(listening -> {
                    assertThat(listening.getName())
                            .isEqualTo(port.getTargetPort().getStrVal());
                    assertThat(listening.getContainerPort()).isEqualTo(containerPort);
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway", "qa-agent", "coding-agent"})
    void everyContainer_isUnprivilegedWithAReadOnlyRoot(String module) throws IOException {
        assertThat(pod(module).getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(pod(module).getContainers()).allSatisfy(container -> {
            assertThat(container.getSecurityContext().getReadOnlyRootFilesystem())
                    .isTrue();
            assertThat(container.getSecurityContext().getAllowPrivilegeEscalation())
                    .isFalse();
            assertThat(container.getSecurityContext().getCapabilities().getDrop())
                    .containsExactly("ALL");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"qa-agent", "coding-agent"})
    void agent_holdsTheKeyAsAFileAndNoServiceAccountToken(String module) throws IOException {
        PodSpec pod = pod(module);

        assertThat(pod.getAutomountServiceAccountToken()).isFalse();
        assertThat(Manifests.ofModule(module).only(ServiceAccount.class).getAutomountServiceAccountToken())
                .isFalse();
        assertThat(pod.getVolumes()).anySatisfy(volume -> {
            assertThat(volume.getName()).isEqualTo("agent-secrets");
            assertThat(volume.getSecret().getSecretName()).isEqualTo("agent-secrets");
            assertThat(volume.getSecret().getOptional()).isTrue();
        });
        assertThat(mounts(container(pod, "agent"))).contains("agent-secrets");
    }

    @Test
    void sandboxContainer_sharesTheWorkspacesButHasNoSecretAndAnotherUser() throws IOException {
        PodSpec pod = pod("coding-agent");
        Container agent = container(pod, "agent");
        Container sandbox = container(pod, "sandbox");

        assertThat(mounts(sandbox)).containsExactlyInAnyOrder("sandbox-tmp", "sandbox-socket", "workspaces");
        assertThat(mounts(agent)).contains("sandbox-socket", "workspaces");
        assertThat(sandbox.getSecurityContext().getRunAsUser())
                .isNotEqualTo(agent.getSecurityContext().getRunAsUser());
        assertThat(sandbox.getEnv())
                .noneSatisfy(variable -> assertThat(variable.getName()).containsAnyOf("KEY", "REDIS", "OPENAI"));
    }

    @Test
    void agentContainerWithASandbox_differsFromOneWithoutOnlyInWhatItsProfileAndTheSandboxNeed() throws IOException {
        Container plain = container(pod("qa-agent"), "agent");
        Container withSandbox = container(pod("coding-agent"), "agent");

        assertThat(withSandbox.getStartupProbe()).isEqualTo(plain.getStartupProbe());
        assertThat(withSandbox.getLivenessProbe()).isEqualTo(plain.getLivenessProbe());
        assertThat(withSandbox.getReadinessProbe()).isEqualTo(plain.getReadinessProbe());
        assertThat(withSandbox.getSecurityContext()).isEqualTo(plain.getSecurityContext());
        assertThat(withSandbox.getPorts()).isEqualTo(plain.getPorts());
        assertThat(withSandbox.getEnv())
                .extracting("name")
                .containsAll(plain.getEnv().stream().map(e -> e.getName()).toList());
        assertThat(mounts(withSandbox)).containsAll(mounts(plain));
    }

    private static PodSpec pod(String module) throws IOException {
        return Manifests.ofModule(module)
                .only(Deployment.class)
                .getSpec()
                .getTemplate()
                .getSpec();
    }

    private static Container container(PodSpec pod, String name) {
        return pod.getContainers().stream()
                .filter(container -> container.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> mounts(Container container) {
        return container.getVolumeMounts().stream()
                .map(mount -> mount.getName())
                .toList();
    }

    private static BigDecimal sum(PodSpec pod, Function<Container, Map<String, Quantity>> amounts, String resource) {
        return pod.getContainers().stream()
                .map(container -> amounts.apply(container).get(resource))
                .map(Quantity::getAmountInBytes)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static BigDecimal amount(String quantity) {
        return Quantity.getAmountInBytes(new Quantity(quantity));
    }
}
