package io.agentrouter.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentrouter.e2e.system.Shell;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What cannot be deployed ends in bounded time, non-zero and with the cluster's own reason. */
@Tag("cluster")
@ExtendWith(SharedCluster.class)
class DeployRefusedTest {

    private static final List<String> KEY = List.of("OPENAI_API_KEY=" + Deploy.KEY);

    private final ClusterUnderTest cluster;
    private final String namespace;
    private final Deploy deploy;

    DeployRefusedTest(ClusterUnderTest cluster) {
        this.cluster = cluster;
        this.namespace = cluster.namespace() + "-refused-" + Long.toString(System.nanoTime(), 36);
        this.deploy = new Deploy(namespace, cluster.outside().modelAddress());
    }

    @AfterEach
    void removeNamespace() {
        cluster.api().namespaces().withName(namespace).delete();
        cluster.api().pods().inNamespace(namespace).withGracePeriod(0).delete();
    }

    @Test
    void noCluster_isSaidWithTheFileThatNamesNone() {
        assertRefused(deploy.attempt(List.of("KUBECONFIG=/nowhere")), "no cluster answers", "/nowhere");
    }

    @Test
    void accountWithoutPermission_isToldWhichOneIsMissing(@TempDir Path directory) throws IOException {
        Path kubeconfig = directory.resolve("kubeconfig");
        Files.writeString(kubeconfig, asNobody());

        assertRefused(deploy.attempt(List.of("KUBECONFIG=" + kubeconfig)), "no permission to create deployments.apps");
    }

    @Test
    void noKeyForTheModel_isToldHowToMakeTheSecret() {
        assertRefused(
                deploy.attempt(List.of("--unset=OPENAI_API_KEY")),
                "kubectl create namespace " + namespace + "; kubectl create secret generic agent-secrets --namespace "
                        + namespace + " --from-literal=openai-api-key=");
    }

    @Test
    void secretWithoutTheKey_isRefused() {
        createInNamespace(new SecretBuilder()
                .withNewMetadata()
                .withName("agent-secrets")
                .endMetadata()
                .addToStringData("key", "of another name")
                .build());

        assertRefused(deploy.attempt(KEY), "Secret agent-secrets in " + namespace + " has no key openai-api-key");
    }

    @Test
    void imageThatCannotBePulled_endsTheWait() {
        assertRefused(deploy.attempt(KEY, "-Dimage.tag=of-no-image"), "ImagePullBackOff", "of-no-image");
    }

    @Test
    void quotaThatIsExceeded_isTheReason() {
        createInNamespace(new ResourceQuotaBuilder()
                .withNewMetadata()
                .withName("none")
                .endMetadata()
                .withNewSpec()
                .addToHard("pods", new Quantity("0"))
                .endSpec()
                .build());

        assertRefused(deploy.attempt(KEY, "--timeout", "10"), "exceeded quota");
    }

    @Test
    void podsWithoutRoom_areUnschedulable() {
        assertRefused(
                deploy.attempt(KEY, "--timeout", "20", "-Dhpa.min=40", "-Dhpa.max=40", "-Dcontainer.cpu.request=1"),
                "Unschedulable",
                "Insufficient");
    }

    private static void assertRefused(Shell.Output output, String... reasons) {
        Figures.print("refused: " + output.text().lines().toList().getLast());

        assertThat(output.status()).isNotZero();
        assertThat(output.text()).contains(reasons);
    }

    private void createInNamespace(HasMetadata object) {
        cluster.api()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .build())
                .create();
        cluster.api().resource(object).inNamespace(namespace).create();
    }

    /** The kubeconfig in use, for an account that may nothing. */
    private static String asNobody() {
        String flat = Shell.sh("kubectl config view --flatten --minify --raw --output json")
                .orFail();
        ObjectNode config = (ObjectNode) JsonMapper.shared().readTree(flat);
        config.withObject("/users/0/user").put("as", "system:serviceaccount:default:nobody");
        return config.toString();
    }
}
