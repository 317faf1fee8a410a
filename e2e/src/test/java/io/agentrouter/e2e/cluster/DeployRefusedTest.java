package io.agentrouter.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentrouter.e2e.system.Shell;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What cannot be deployed ends in bounded time, non-zero and with the cluster's own reason. */
@Tag("cluster")
@ExtendWith(SharedCluster.class)
class DeployRefusedTest {

    private static final String REDIS_ELSEWHERE = "redis://user:of-the-test@192.0.2.7:6379";
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

    @ParameterizedTest
    @CsvSource({"KUBECONFIG=/nowhere, /nowhere", "--unset=KUBECONFIG, not set"})
    void noCluster_isSaidWithTheFileThatNamesNone(String kubeconfig, String said, @TempDir Path home) {
        assertRefused(
                deploy.attempt(List.of(kubeconfig, "HOME=" + home)),
                "no cluster answers; does KUBECONFIG (" + said + ") name one?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5m", "-1", "090"})
    void timeoutThatIsNoNumberOfSeconds_isRefusedBeforeAnythingIsDone(String timeout) {
        assertRefused(
                deploy.attempt(List.of("KUBECONFIG=/nowhere"), "--timeout", timeout), "--timeout needs whole seconds");
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

    @ParameterizedTest
    @CsvSource({
        "agent-secrets, openai-api-key, key, of another name",
        "redis, password, redis-password, of another name",
        "redis, password, password, ''"
    })
    void secretWithoutTheKey_isRefused(String secret, String key, String present, String value) {
        createInNamespace(new SecretBuilder()
                .withNewMetadata()
                .withName(secret)
                .endMetadata()
                .addToStringData(present, value)
                .build());

        assertRefused(deploy.attempt(KEY), "Secret " + secret + " in " + namespace + " has no key " + key);
    }

    @Test
    void imageThatCannotBePulled_endsTheWait() {
        assertRefused(
                deploy.attempt(KEY, "-Dimage.tag=of-no-image", "-Dredis.emptyDir=true"),
                "every conversation is lost",
                "cannot become ready",
                "ImagePullBackOff",
                "of-no-image");
    }

    /** As far as this everything goes where no key is needed and Redis is elsewhere. */
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

        Shell.Output output = deploy.attempt(
                List.of("--unset=OPENAI_API_KEY"),
                "--timeout",
                "10",
                "-Dmodel.required=false",
                "-Dredis.url=" + REDIS_ELSEWHERE);

        assertRefused(output, "exceeded quota");
        assertThat(output.text()).doesNotContain(REDIS_ELSEWHERE);
        assertThat(cluster.api()
                        .secrets()
                        .inNamespace(namespace)
                        .withName("redis")
                        .get()
                        .getData())
                .containsExactly(Map.entry(
                        "url", Base64.getEncoder().encodeToString(REDIS_ELSEWHERE.getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void podsWithoutRoom_areUnschedulable() {
        assertRefused(
                deploy.attempt(
                        KEY,
                        "--timeout",
                        "10",
                        "-Dcontainer.cpu=1000",
                        "-Dsandbox.cpu=1000",
                        "-Dcontainer.cpu.request=1000"),
                "Unschedulable",
                "Insufficient");
    }

    /** Which the pod alone knows: to the cluster it is a probe that was answered 503. */
    @Test
    void podsThatRunAndAreNotReady_sayWhy() {
        assertRefused(
                deploy.attempt(KEY, "--timeout", "45", "-Dhpa.min=1", "-Dredis.url=" + REDIS_ELSEWHERE),
                "deployment.apps/coding-agent is not ready after 45 s",
                "Not healthy, gets no runs: redis down");
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
