package io.agentrouter.e2e.manifests;

import static io.agentrouter.e2e.manifests.Manifests.pod;
import static io.agentrouter.e2e.manifests.Manifests.variable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerSpec;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
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
                .filteredOn(kind -> !kind.startsWith("Role"))
                .containsExactlyInAnyOrder(
                        "ServiceAccount", "Service", "Deployment", "HorizontalPodAutoscaler", "PodDisruptionBudget");
        assertThat(manifests.only(Deployment.class).getMetadata().getLabels()).containsEntry("app", module);
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
        assertThat(spec.getBehavior().getScaleUp().getStabilizationWindowSeconds())
                .isEqualTo(30);
        assertThat(spec.getBehavior().getScaleUp().getPolicies())
                .singleElement()
                .satisfies(policy -> {
                    assertThat(policy.getType()).isEqualTo("Pods");
                    assertThat(policy.getValue()).isEqualTo(2);
                    assertThat(policy.getPeriodSeconds()).isEqualTo(60);
                });
        assertThat(spec.getBehavior().getScaleDown().getStabilizationWindowSeconds())
                .isEqualTo(300);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway", "qa-agent", "coding-agent"})
    void change_takesAwayNoPodBeforeAnotherIsReady(String module) throws IOException {
        Manifests manifests = Manifests.ofModule(module);
        var rolling = manifests.only(Deployment.class).getSpec().getStrategy().getRollingUpdate();
        var budget = manifests.only(PodDisruptionBudget.class).getSpec();

        assertThat(rolling.getMaxUnavailable()).isEqualTo(new IntOrString(0));
        assertThat(rolling.getMaxSurge()).isEqualTo(new IntOrString(1));
        assertThat(pod(module).getTopologySpreadConstraints()).singleElement().satisfies(spread -> {
            assertThat(spread.getTopologyKey()).isEqualTo("kubernetes.io/hostname");
            assertThat(spread.getLabelSelector().getMatchLabels()).containsExactly(Map.entry("app", module));
        });
        assertThat(budget.getMaxUnavailable()).isEqualTo(new IntOrString(1));
        assertThat(budget.getSelector().getMatchLabels()).containsExactly(Map.entry("app", module));
    }

    @ParameterizedTest
    @ValueSource(strings = {"qa-agent", "coding-agent"})
    void agent_isUnreadyWithoutAKey(String module) throws IOException {
        assertThat(variable(pod(module).getContainers().getFirst(), "MODEL_REQUIRED"))
                .isEqualTo("true");
    }

    @ParameterizedTest
    @CsvSource({"gateway, 8080", "qa-agent, 8000", "coding-agent, 8000"})
    void service_leadsFromPort80ToTheContainerThatListens(String module, int containerPort) throws IOException {
        Manifests manifests = Manifests.ofModule(module);
        Service service = manifests.only(Service.class);
        ServicePort port = service.getSpec().getPorts().getFirst();

        assertThat(service.getSpec().getSelector())
                .containsExactly(Map.entry("app", module))
                .isEqualTo(
                        manifests.only(Deployment.class).getSpec().getSelector().getMatchLabels());
        assertThat(service.getSpec().getType()).isEqualTo("ClusterIP");
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
    void profile_isWhatThePodGets_andItsFirstContainersJvm(String module) throws IOException {
        Properties profile = new Properties();
        try (InputStream in =
                Files.newInputStream(Path.of("..", module, "target/classes/META-INF/resource-profile.properties"))) {
            profile.load(in);
        }
        PodSpec pod = pod(module);
        Container first = pod.getContainers().getFirst();

        assertThat(sum(pod, c -> c.getResources().getLimits(), "memory"))
                .isEqualByComparingTo(amount(profile.getProperty("memory")));
        assertThat(sum(pod, c -> c.getResources().getLimits(), "cpu"))
                .isEqualByComparingTo(amount(profile.getProperty("cpu")));
        assertThat(first.getResources().getLimits().get("memory"))
                .isEqualTo(new Quantity(profile.getProperty("container.memory")));
        assertThat(variable(first, "JAVA_TOOL_OPTIONS")).isEqualTo(profile.getProperty("jvm.options"));
    }

    @ParameterizedTest
    @CsvSource({"qa-agent, qa, 512Mi, 1, 16", "coding-agent, coding, 4Gi, 2, 4"})
    void serviceOfAnAgent_announcesItsType_withTheModulesResourceProfile(
            String module, String type, String memory, String cpu, String slots) throws IOException {
        var service = Manifests.ofModule(module).only(Service.class).getMetadata();
        assertThat(service.getLabels()).containsExactly(Map.entry("agent-router/type", type));
        assertThat(service.getAnnotations())
                .containsEntry("agent-router/resources.memory", memory)
                .containsEntry("agent-router/resources.cpu", cpu)
                .containsEntry("agent-router/resources.slots", slots)
                .containsOnlyKeys(
                        "agent-router/description",
                        "agent-router/resources.memory",
                        "agent-router/resources.cpu",
                        "agent-router/resources.slots");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway", "qa-agent", "coding-agent"})
    void nothing_isThereThatNobodyAskedFor(String module) throws IOException {
        Manifests manifests = Manifests.ofModule(module);
        PodTemplateSpec template = manifests.only(Deployment.class).getSpec().getTemplate();

        assertThat(manifests.items())
                .filteredOn(item -> !(item instanceof Service) || module.equals("gateway"))
                .allSatisfy(item -> assertThat(item.getMetadata().getAnnotations())
                        .as(item.getKind())
                        .isNullOrEmpty());
        assertThat(template.getMetadata().getAnnotations()).isNullOrEmpty();
        assertThat(template.getMetadata().getLabels().keySet())
                .isEqualTo(
                        module.equals("coding-agent")
                                ? Set.of("app", "app.kubernetes.io/component", "agent-router/sandbox")
                                : Set.of("app", "app.kubernetes.io/component"));
        assertThat(template.getSpec().getContainers())
                .flatExtracting(Container::getPorts)
                .extracting("name")
                .containsExactlyElementsOf(module.equals("gateway") ? List.of("http", "metrics") : List.of("http"));
        assertThat(manifests.only(Service.class).getSpec().getPorts()).hasSize(1);
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
