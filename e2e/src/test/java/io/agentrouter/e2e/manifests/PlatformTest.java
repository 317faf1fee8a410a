package io.agentrouter.e2e.manifests;

import static io.agentrouter.e2e.manifests.Manifests.mounts;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetSpec;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the workloads stand on. */
class PlatformTest {

    @Test
    void namespace_enforcesTheRestrictedPodSecurity() throws IOException {
        var metadata = Manifests.ofPlatform().only(Namespace.class).getMetadata();

        assertThat(metadata.getName()).isEqualTo("ai-agents");
        assertThat(metadata.getLabels()).containsEntry("pod-security.kubernetes.io/enforce", "restricted");
    }

    @Test
    void redis_keepsItsFileOnAVolumeClaimAndEvictsNothing() throws IOException {
        StatefulSetSpec redis = redis();
        String command = container(redis).getArgs().getFirst();

        assertThat(command).contains("--appendonly yes", "--maxmemory-policy noeviction", "--dir /data");
        assertThat(redis.getVolumeClaimTemplates()).singleElement().satisfies(claim -> {
            assertThat(claim.getMetadata().getName()).isEqualTo("data");
            assertThat(claim.getSpec().getStorageClassName()).isNull();
        });
        assertThat(mounts(container(redis))).contains("data");
    }

    @Test
    void redis_mayFillHalfOfItsMemory() throws IOException {
        String command = container(redis()).getArgs().getFirst();
        long most = Long.parseLong(command.replaceAll("(?s).*--maxmemory (\\d+)mb.*", "$1"));
        var limits = container(redis()).getResources().getLimits();

        assertThat(Quantity.getAmountInBytes(limits.get("memory")).longValue())
                .isGreaterThanOrEqualTo(2 * most * 1024 * 1024);
    }

    @Test
    void passwordOfRedis_isReadFromAFileOnly() throws IOException {
        StatefulSetSpec redis = redis();
        Container container = container(redis);

        assertThat(container.getEnv()).isEmpty();
        assertThat(container.getArgs().getFirst()).contains("</run/secrets/redis/password", "redis-server)\" - ");
        assertThat(container.getArgs().getFirst()).doesNotContain("--requirepass");
        assertThat(redis.getTemplate().getSpec().getVolumes()).anySatisfy(volume -> {
            assertThat(volume.getName()).isEqualTo("password");
            assertThat(volume.getSecret().getSecretName()).isEqualTo("redis");
        });
    }

    @Test
    void redisThatLoadsItsFile_isNotReadyButAlive() throws IOException {
        Container container = container(redis());

        assertThat(container.getLivenessProbe().getTcpSocket()).isNotNull();
        assertThat(container.getReadinessProbe().getExec().getCommand())
                .last()
                .asString()
                .contains("PONG");
    }

    @Test
    void redis_runsUnderTheRestrictedPodSecurity() throws IOException {
        PodSpec pod = redis().getTemplate().getSpec();
        Container container = container(redis());

        assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
        assertThat(pod.getAutomountServiceAccountToken()).isFalse();
        assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
        assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
        assertThat(container.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
    }

    @Test
    void selectorOfRedis_mayStayAsItIsForEver() throws IOException {
        assertThat(redis().getSelector().getMatchLabels()).containsExactly(Map.entry("app", "redis"));
    }

    private static StatefulSetSpec redis() throws IOException {
        return Manifests.ofPlatform().only(StatefulSet.class).getSpec();
    }

    private static Container container(StatefulSetSpec redis) {
        return redis.getTemplate().getSpec().getContainers().getFirst();
    }
}
