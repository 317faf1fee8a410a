package io.agentrouter.e2e.manifests;

import static io.agentrouter.e2e.manifests.Manifests.container;
import static io.agentrouter.e2e.manifests.Manifests.mounts;
import static io.agentrouter.e2e.manifests.Manifests.pod;
import static io.agentrouter.e2e.manifests.Manifests.variable;
import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import java.io.IOException;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the pods keep what they hold apart, live and end. */
class PodsTest {

    @ParameterizedTest
    @ValueSource(strings = {"gateway", "qa-agent", "coding-agent"})
    void everyContainer_isUnprivilegedWithAReadOnlyRoot(String module) throws IOException {
        PodSpec pod = pod(module);

        assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
        assertThat(pod.getContainers()).allSatisfy(container -> {
            SecurityContext security = container.getSecurityContext();
            assertThat(security.getReadOnlyRootFilesystem()).isTrue();
            assertThat(security.getAllowPrivilegeEscalation()).isFalse();
            assertThat(security.getCapabilities().getDrop()).containsExactly("ALL");
            assertThat(security.getRunAsUser()).isGreaterThan(0);
            assertThat(security.getRunAsGroup())
                    .isGreaterThan(0)
                    .isEqualTo(pod.getSecurityContext().getFsGroup());
            assertThat(container.getVolumeMounts())
                    .anySatisfy(mount -> assertThat(mount.getMountPath()).isEqualTo("/tmp"));
        });
        assertThat(pod.getVolumes())
                .filteredOn(volume -> volume.getEmptyDir() != null)
                .allSatisfy(volume -> assertThat(volume.getEmptyDir().getSizeLimit())
                        .as(volume.getName())
                        .isNotNull());
    }

    @ParameterizedTest
    @CsvSource({"gateway, /readyz", "qa-agent, /health", "coding-agent, /health"})
    void probes_askForLifeAndReadinessApart(String module, String ready) throws IOException {
        Container container = pod(module).getContainers().getFirst();

        assertThat(path(container.getStartupProbe())).isEqualTo("/livez");
        assertThat(path(container.getLivenessProbe())).isEqualTo("/livez");
        assertThat(path(container.getReadinessProbe())).isEqualTo(ready);
    }

    /** Else it has as long as a pod that drains. */
    @ParameterizedTest
    @ValueSource(strings = {"gateway", "qa-agent", "coding-agent"})
    void containerThatIsBeyondHelp_endsWithinAMinute(String module) throws IOException {
        Container container = pod(module).getContainers().getFirst();

        assertThat(List.of(container.getStartupProbe(), container.getLivenessProbe()))
                .extracting(Probe::getTerminationGracePeriodSeconds)
                .containsOnly(60L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"qa-agent", "coding-agent"})
    void agent_isTakenOutOfUseAfterAMinuteOfFailures(String module) throws IOException {
        Container agent = container(pod(module), "agent");
        Probe alive = agent.getLivenessProbe();
        Probe ready = agent.getReadinessProbe();

        assertThat(List.of(alive.getInitialDelaySeconds(), alive.getPeriodSeconds(), alive.getTimeoutSeconds()))
                .containsExactly(10, 15, 5);
        assertThat(List.of(ready.getInitialDelaySeconds(), ready.getPeriodSeconds(), ready.getFailureThreshold()))
                .containsExactly(5, 10, 6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway", "qa-agent", "coding-agent"})
    void pod_waitsForThePasswordOfRedis_whichItGetsAsAFile(String module) throws IOException {
        PodSpec pod = pod(module);
        Container first = pod.getContainers().getFirst();

        assertThat(variable(first, "SPRING_CONFIG_IMPORT")).startsWith("configtree:/run/config/");
        assertThat(first.getVolumeMounts()).anySatisfy(mount -> {
            assertThat(mount.getName()).isEqualTo("redis-secret");
            assertThat(mount.getMountPath()).isEqualTo("/run/config/spring/data/redis");
        });
        assertThat(pod.getVolumes()).anySatisfy(volume -> {
            assertThat(volume.getName()).isEqualTo("redis-secret");
            assertThat(volume.getSecret().getSecretName()).isEqualTo("redis");
            assertThat(volume.getSecret().getOptional()).isNull();
        });
    }

    @Test
    void gateway_takesSettingsOfItsOwnFromAConfigMapThatNeedNotBeThere() throws IOException {
        PodSpec pod = pod("gateway");
        Container gateway = container(pod, "gateway");

        assertThat(variable(gateway, "SPRING_CONFIG_IMPORT")).endsWith(",optional:file:/run/settings/application.yml");
        assertThat(gateway.getVolumeMounts()).anySatisfy(mount -> {
            assertThat(mount.getName()).isEqualTo("settings");
            assertThat(mount.getMountPath()).isEqualTo("/run/settings");
        });
        assertThat(pod.getVolumes()).anySatisfy(volume -> {
            assertThat(volume.getName()).isEqualTo("settings");
            assertThat(volume.getConfigMap().getName()).isEqualTo("gateway-settings");
            assertThat(volume.getConfigMap().getOptional()).isTrue();
        });
    }

    @Test
    void gateway_mayReadServicesAndEndpointSlicesOfItsNamespaceAndNothingElse() throws IOException {
        Manifests manifests = Manifests.ofModule("gateway");
        RoleBinding binding = manifests.only(RoleBinding.class);

        assertThat(manifests.only(Role.class).getRules())
                .extracting(PolicyRule::getApiGroups, PolicyRule::getResources)
                .containsExactlyInAnyOrder(
                        tuple(List.of(""), List.of("services")),
                        tuple(List.of("discovery.k8s.io"), List.of("endpointslices")));
        assertThat(manifests.only(Role.class).getRules())
                .allSatisfy(rule -> assertThat(rule.getVerbs()).containsExactlyInAnyOrder("get", "list", "watch"));
        assertThat(binding.getRoleRef().getName())
                .isEqualTo(manifests.only(Role.class).getMetadata().getName());
        assertThat(binding.getSubjects()).singleElement().satisfies(subject -> {
            assertThat(subject.getName()).isEqualTo(pod("gateway").getServiceAccountName());
            assertThat(subject.getNamespace()).isEqualTo("ai-agents");
        });
        assertThat(pod("gateway").getAutomountServiceAccountToken()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"qa-agent", "coding-agent"})
    void agent_holdsTheKeyAsAFileFromAnOptionalSecret(String module) throws IOException {
        PodSpec pod = pod(module);
        Container agent = container(pod, "agent");

        assertThat(pod.getAutomountServiceAccountToken()).isFalse();
        assertThat(Manifests.ofModule(module).only(ServiceAccount.class).getAutomountServiceAccountToken())
                .isFalse();
        assertThat(pod.getVolumes()).anySatisfy(volume -> {
            assertThat(volume.getName()).isEqualTo("agent-secrets");
            assertThat(volume.getSecret().getSecretName()).isEqualTo("agent-secrets");
            assertThat(volume.getSecret().getOptional()).isTrue();
            assertThat(volume.getSecret().getItems()).extracting("key").containsExactly("openai-api-key");
        });
        assertThat(variable(agent, "MODEL_API_KEY_FILE")).isEqualTo("/run/secrets/agent/openai-api-key");
        assertThat(mounts(agent)).contains("agent-secrets");
        assertThat(agent.getEnv())
                .allSatisfy(variable -> assertThat(variable.getName()).isNotEqualTo("OPENAI_API_KEY"));
    }

    @Test
    void sandboxContainer_sharesTheWorkspacesButHasNoSecretAndAnotherUser() throws IOException {
        PodSpec pod = pod("coding-agent");
        Container agent = container(pod, "agent");
        Container sandbox = container(pod, "sandbox");

        assertThat(mounts(sandbox))
                .containsExactlyInAnyOrder("sandbox-tmp", "sandbox-cache", "sandbox-socket", "workspaces");
        assertThat(mounts(agent)).contains("sandbox-socket", "workspaces").doesNotContain("sandbox-tmp");
        assertThat(sandbox.getSecurityContext().getRunAsUser())
                .isNotEqualTo(agent.getSecurityContext().getRunAsUser());
        assertThat(sandbox.getSecurityContext().getRunAsGroup())
                .isEqualTo(agent.getSecurityContext().getRunAsGroup());
        assertThat(sandbox.getEnv())
                .noneSatisfy(variable -> assertThat(variable.getName()).containsAnyOf("KEY", "REDIS", "OPENAI"));
        assertThat(sandbox.getEnvFrom()).isEmpty();
    }

    @Test
    void agentAndSandbox_meetAtOneSocketAndOneDirectory() throws IOException {
        PodSpec pod = pod("coding-agent");
        Container agent = container(pod, "agent");
        Container sandbox = container(pod, "sandbox");

        assertThat(variable(agent, "CODING_SANDBOX_SOCKET"))
                .isEqualTo("/run/agent/sandbox/http.sock")
                .isEqualTo(variable(sandbox, "SANDBOX_SOCKET"));
        assertThat(variable(agent, "CODING_WORKSPACES"))
                .isEqualTo("/workspaces/runs")
                .isEqualTo(variable(sandbox, "SANDBOX_WORKSPACES"));
        assertThat(variable(agent, "CODING_SHARED")).isEqualTo("true");
        assertThat(variable(sandbox, "SANDBOX_SOCKETACCESS")).isEqualTo("group");
        assertThat(variable(sandbox, "SANDBOX_ISOLATION")).isEqualTo("container");
        assertThat(variable(sandbox, "SANDBOX_LIMITS_FREEDISKPERCENT")).isEqualTo("15");
    }

    @Test
    void sandboxContainer_outlivesTheAgentThatUsesIt() throws IOException {
        Container sandbox = container(pod("coding-agent"), "sandbox");
        int port = container(pod("coding-agent"), "agent").getPorts().getFirst().getContainerPort();

        assertThat(sandbox.getLifecycle().getPreStop().getExec().getCommand())
                .last(as(InstanceOfAssertFactories.STRING))
                .contains("':%04X ".formatted(port));
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
                .containsAll(plain.getEnv().stream()
                        .map(variable -> variable.getName())
                        .filter(name -> !name.equals("QA_DOCUMENTS"))
                        .toList());
        assertThat(mounts(withSandbox))
                .containsAll(mounts(plain).stream()
                        .filter(name -> !name.equals("documents"))
                        .toList());
    }

    private static String path(Probe probe) {
        return probe.getHttpGet().getPath();
    }
}
